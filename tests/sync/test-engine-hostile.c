/* SPDX-License-Identifier: GPL-3.0-or-later
 * A desk whose every reply is right but for one thing, any thing: whatever comes of it, the library stays sound
 * and no edit of the host is lost. */
#include "town.h"

#include "format/hall-json.h"
#include "sync/hall-sync-error.h"

#include <string.h>

#define ROUNDS 300
#define NESTED_10   "[[[[[[[[[["
#define NESTED_100  NESTED_10 NESTED_10 NESTED_10 NESTED_10 NESTED_10 NESTED_10 NESTED_10 NESTED_10 NESTED_10 NESTED_10
#define NESTED_1000 NESTED_100 NESTED_100 NESTED_100 NESTED_100 NESTED_100 NESTED_100 NESTED_100 NESTED_100 NESTED_100 NESTED_100

/* What stands in the place of a value, as it is written in JSON, or against its rules. */
static const char *const oddities[] = {
  "null", "true", "false", "0", "-1", "0.5", "1e308", "1e999", "9223372036854775807", "-9223372036854775808",
  "18446744073709551615", "123456789012345678901234567890", "NaN", "\"\"", "\"x\"", "\"\\u0000\"", "\"a\\u0000b\"",
  "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\xff\xfe\"", "\"\xed\xa0\x80\"", "\"\\r\\nX-Other: 1\"", "\"\\\"\"", "\"'; DROP TABLE chats\"",
  "\"../../etc/passwd\"", "\"01900000-0000-7000-8000-000000000009\"", "\"2016-02-30T25:61\"", "[]", "{}", "[[]]",
  "{\"a\":1,\"a\":2}", "{\"\":null}", NESTED_1000, "\"", "}", "",
};

typedef struct {
  Town       *town;
  int         left;     /* replies until the one that is twisted */
  gboolean    was_twisted;
} Twister;

static guint
count_nodes (yyjson_val *node)
{
  guint n = 1;

  if (yyjson_is_obj (node)) {
    yyjson_obj_iter members = yyjson_obj_iter_with (node);
    yyjson_val     *name;

    while ((name = yyjson_obj_iter_next (&members)) != NULL)
      n += count_nodes (yyjson_obj_iter_get_val (name));
  } else if (yyjson_is_arr (node)) {
    yyjson_arr_iter elements = yyjson_arr_iter_with (node);
    yyjson_val     *element;

    while ((element = yyjson_arr_iter_next (&elements)) != NULL)
      n += count_nodes (element);
  }

  return n;
}

static void
add_text (GString    *text,
          yyjson_val *node)
{
  g_autofree char *whole = yyjson_val_write (node, YYJSON_WRITE_NOFLAG, NULL);

  g_string_append (text, whole);
}

/* Writes a document but for one of its values, in the place of which it writes the oddity; or its name twice. */
static void
write_twisted (GString    *text,
               yyjson_val *node,
               int        *place,
               const char *oddity,
               gboolean    twice)
{
  gsize i, n;

  if ((*place)-- == 0) {
    g_string_append (text, oddity);
    return;
  }

  if (yyjson_is_obj (node)) {
    yyjson_val *name, *value;

    g_string_append_c (text, '{');
    yyjson_obj_foreach (node, i, n, name, value) {
      if (i > 0)
        g_string_append_c (text, ',');
      if (twice && *place == 0) {
        add_text (text, name);
        g_string_append_c (text, ':');
        add_text (text, value);
        g_string_append_c (text, ',');
      }
      add_text (text, name);
      g_string_append_c (text, ':');
      write_twisted (text, value, place, oddity, twice);
    }
    g_string_append_c (text, '}');
  } else if (yyjson_is_arr (node)) {
    yyjson_val *element;

    g_string_append_c (text, '[');
    yyjson_arr_foreach (node, i, n, element) {
      if (i > 0)
        g_string_append_c (text, ',');
      write_twisted (text, element, place, oddity, twice);
    }
    g_string_append_c (text, ']');
  } else {
    add_text (text, node);
  }
}

static void
twist (Twister   *self,
       HallReply *reply)
{
  gsize                  size;
  const char            *body = g_bytes_get_data (reply->body, &size);
  g_autoptr (yyjson_doc) doc = yyjson_read (body, size, YYJSON_READ_NOFLAG);
  g_autoptr (GString)    text = g_string_new (NULL);
  guint                  which = g_test_rand_int_range (0, G_N_ELEMENTS (oddities));
  int                    place;

  g_assert_nonnull (doc);
  place = g_test_rand_int_range (0, count_nodes (yyjson_doc_get_root (doc)));
  g_test_message ("oddity %u in place %d", which, place);
  write_twisted (text, yyjson_doc_get_root (doc), &place, oddities[which], g_test_rand_int_range (0, 8) == 0);

  g_bytes_unref (reply->body);
  reply->body = g_string_free_to_bytes (g_steal_pointer (&text));
  self->was_twisted = TRUE;
}

static HallReply *
answer_twisted (gpointer      data,
                HallRequest  *request,
                GError      **failure)
{
  Twister   *self = data;
  HallReply *reply = town_answer (self->town, request, failure);

  if (reply != NULL && reply->body != NULL && self->left-- == 0)
    twist (self, reply);

  return reply;
}

/* The last word that was saved of a chat: in its row, on its way, beside another version, or truly at the desk. */
static gboolean
has_word (Town       *town,
          const char *word)
{
  g_autofree char *here = g_strdup_printf (
    "SELECT (SELECT count(*) FROM chats WHERE title = '%s') + "
    "(SELECT count(*) FROM outbox WHERE body LIKE '%%%s%%') + "
    "(SELECT count(*) FROM conflicts WHERE mine LIKE '%%%s%%')", word, word, word);
  g_autofree char *there = g_strdup_printf ("SELECT count(*) FROM chats WHERE title = '%s'", word);

  return scratch_ask (town->ann->db, here) > 0 || scratch_ask (town->db, there) > 0;
}

static gboolean
is_sound (const GError *trouble)
{
  return trouble == NULL || (trouble->domain == HALL_SYNC_ERROR && trouble->message != NULL &&
                             g_utf8_validate (trouble->message, -1, NULL) && strlen (trouble->message) < 1000);
}

static void
test_twisted (Town          *town,
              gconstpointer  data)
{
  g_autoptr (HallChat) hers = town_share_chat (town, "hers");
  g_autoptr (HallChat) theirs = town_share_chat (town, "theirs");
  guint                n_twisted = 0, n_refused = 0;

  for (guint round = 0; round < ROUNDS; round++) {
    Twister            twister = { town, g_test_rand_int_range (0, 5), FALSE };
    g_autofree char   *word = g_strdup_printf ("Word %u", round);
    g_autofree char   *other = g_strdup_printf ("Line %u\n", round);
    g_autofree char   *slug = g_strdup_printf ("more-%u", round);
    g_autoptr (HallValue) mine = host_get (town->ann, &hall_chat_kind, hers->parent.id);
    g_autoptr (HallChat) more = scratch_chat (town->ben->account->parent.id, slug);
    g_autoptr (GError) trouble = NULL;
    g_autoptr (GError) at_ben = NULL;
    g_autofree char   *before = NULL;

    host_save_text (town->ben, round % 2 == 0 ? theirs : hers, "summary", other);
    host_save (town->ben, more);
    at_ben = host_sync (town->ben, NULL);
    g_assert_no_error (at_ben);

    /* A service that takes a chat away may do so; then there is nothing to edit. */
    if (mine != NULL)
      host_save_text (town->ann, mine, "title", word);

    town->ann->line = answer_twisted;
    town->ann->line_data = &twister;
    trouble = host_sync (town->ann, NULL);
    town->ann->line = town_answer;
    town->ann->line_data = town;

    g_assert_true (is_sound (trouble));
    host_assert_sound (town->ann);
    g_assert_true (mine == NULL || has_word (town, word));
    n_twisted += twister.was_twisted;
    n_refused += trouble != NULL;
  }

  g_test_message ("%u replies were twisted, %u exchanges ended for it", n_twisted, n_refused);
  g_assert_cmpuint (n_twisted, >, ROUNDS / 6);
  g_assert_cmpuint (n_refused, >, ROUNDS / 12);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  TOWN_TEST ("/sync/engine-hostile/twisted", test_twisted, NULL);

  return g_test_run ();
}
