/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every kind in and out of its table, what is derived, and what goes along when a row goes. */
#include "store/hall-rows.h"

#include "model/hall-kinds.h"
#include "scratch-library.h"

#include <string.h>

/* A value with something in every field, pointing to @parents by the names of their kinds. */
static gpointer
fill (const HallKind *kind,
      GHashTable     *parents,
      int             seed)
{
  g_autofree char *id = scratch_id ();
  HallValue       *value = hall_value_new (kind, id);

  for (guint i = 0; i < kind->n_fields; i++) {
    const HallField *field = &kind->fields[i];
    const char      *parent = g_hash_table_lookup (parents, field->name);
    g_autofree char *text = g_strdup_printf ("%s %d Привет 🐍", field->name, seed);

    if (field->type == HALL_FIELD_TEXT)
      hall_value_set_text (value, field, parent != NULL ? parent : text);
    else
      hall_value_set_int (value, field, field->type == HALL_FIELD_BOOL ? 1 : SCRATCH_NOW + seed + i);
  }

  return value;
}

static void
test_every_kind (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (GHashTable)   parents = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GError)       error = NULL;
  guint                    n_kinds;
  const HallKind *const   *kinds = hall_kinds_list (&n_kinds);

  for (guint i = 0; i < n_kinds; i++) {
    g_autoptr (HallValue) value = fill (kinds[i], parents, i);
    g_autoptr (HallValue) read = NULL;

    scratch_put (db, value);
    read = hall_rows_get (db, kinds[i], value->id, &error);
    g_assert_no_error (error);
    g_assert_true (hall_value_equal (value, read));
    g_hash_table_insert (parents, (gpointer) kinds[i]->name, g_strdup (value->id));
  }
}

static void
test_absent (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (HallChat)     chat = scratch_chat (NULL, "pycon");
  g_autoptr (HallChat)     read = NULL;
  g_autoptr (GError)       error = NULL;

  g_assert_null (hall_rows_get (db, &hall_chat_kind, chat->parent.id, &error));
  g_assert_no_error (error);
  scratch_put (db, chat);
  read = hall_rows_get (db, &hall_chat_kind, chat->parent.id, &error);
  g_assert_null (read->summary);
  g_assert_null (read->account);
}

static void
test_put_again (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (HallChat)     chat = scratch_chat (NULL, "pycon");
  g_autoptr (HallChat)     renamed = scratch_changed (chat, "title", "Day 2");
  g_autoptr (HallGuest)    guest = scratch_guest (chat, "Ada");
  g_autoptr (HallChat)     read = NULL;
  gint64                   row;

  scratch_put (db, chat);
  scratch_put (db, guest);
  row = scratch_ask (db, "SELECT row FROM chats");
  scratch_put (db, renamed);
  read = hall_rows_get (db, &hall_chat_kind, chat->parent.id, NULL);
  g_assert_cmpstr (read->title, ==, "Day 2");
  g_assert_cmpint (scratch_ask (db, "SELECT row FROM chats"), ==, row);
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM guests"), ==, 1);
}

static void
test_put_errors (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (HallChat)     chat = scratch_chat (NULL, "pycon");
  g_autoptr (HallAttendee) ada = scratch_attendee (chat, "Ada", "ada@example.org");
  g_autoptr (HallAttendee) again = scratch_attendee (chat, "A. L.", "ADA@example.org");
  g_autoptr (HallChat)     nameless = scratch_changed (chat, "title", NULL);
  g_autoptr (GError)       error = NULL;

  g_assert_false (hall_rows_put (db, ada, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  scratch_put (db, chat);
  scratch_put (db, ada);
  g_assert_false (hall_rows_put (db, again, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_EXISTS);
  g_assert_null (strstr (error->message, "example.org"));
  g_clear_error (&error);

  g_assert_false (hall_rows_put (db, nameless, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED);
}

static void
test_derived (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (HallChat)     chat = scratch_chat (NULL, "pycon");
  g_autoptr (HallChat)     moved = scratch_changed (chat, "zone", "UTC");
  g_autoptr (HallAttendee) attendee = scratch_attendee (chat, "Łukasz Świerk", "L@Example.org");
  g_autofree char         *folded = NULL;

  scratch_put (db, chat);
  g_assert_cmpint (scratch_ask (db, "SELECT starts_at FROM chats"), ==, SCRATCH_NOW);
  scratch_put (db, moved);
  g_assert_cmpint (scratch_ask (db, "SELECT starts_at FROM chats"), ==, SCRATCH_NOW - G_GINT64_CONSTANT (7) * 3600 * G_USEC_PER_SEC);

  scratch_put (db, attendee);
  folded = hall_database_get_text (db, NULL, "SELECT folded FROM attendees", "");
  g_assert_cmpstr (folded, ==, "lukasz swierk\nl@example.org");
}

static void
test_remove (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (HallChat)     chat = scratch_chat (NULL, "pycon");
  g_autoptr (HallChat)     other = scratch_chat (NULL, "sprints");
  g_autoptr (HallGuest)    guest = scratch_guest (chat, "Ada");
  g_autoptr (HallAttendee) attendee = scratch_attendee (chat, "Grace", "grace@example.org");
  g_autoptr (HallQuestion) question = scratch_question (chat, attendee, "Why?");
  g_autoptr (GError)       error = NULL;

  scratch_put (db, chat);
  scratch_put (db, other);
  scratch_put (db, guest);
  scratch_put (db, attendee);
  scratch_put (db, question);

  g_assert_true (hall_rows_remove (db, &hall_attendee_kind, attendee->parent.id, &error));
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM questions WHERE attendee IS NULL"), ==, 1);
  g_assert_true (hall_rows_remove (db, &hall_chat_kind, chat->parent.id, &error));
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM chats"), ==, 1);
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM guests"), ==, 0);
  g_assert_cmpint (scratch_ask (db, "SELECT count(*) FROM questions"), ==, 0);
  g_assert_true (hall_rows_remove (db, &hall_chat_kind, chat->parent.id, &error));
  g_assert_no_error (error);
}

static void
test_list (void)
{
  g_autoptr (HallDatabase) db = scratch_library ();
  g_autoptr (HallChat)     chat = scratch_chat (NULL, "pycon");
  g_autoptr (HallChat)     other = scratch_chat (NULL, "sprints");
  g_autoptr (HallGuest)    zoe = scratch_guest (chat, "Zoe");
  g_autoptr (HallGuest)    ada = scratch_guest (chat, "Ada");
  g_autoptr (HallGuest)    stranger = scratch_guest (other, "Bea");
  g_autoptr (GPtrArray)    guests = NULL;
  g_autoptr (GPtrArray)    all = NULL;
  g_autoptr (GPtrArray)    none = NULL;
  g_autoptr (GError)       error = NULL;

  scratch_put (db, chat);
  scratch_put (db, other);
  scratch_put (db, zoe);
  scratch_put (db, ada);
  scratch_put (db, stranger);

  guests = hall_rows_list (db, &hall_guest_kind, "WHERE chat = ? ORDER BY name", chat->parent.id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (guests->len, ==, 2);
  g_assert_true (hall_value_equal (guests->pdata[0], ada));
  g_assert_true (hall_value_equal (guests->pdata[1], zoe));

  all = hall_rows_list (db, &hall_guest_kind, NULL, NULL, &error);
  g_assert_cmpint (all->len, ==, 3);
  g_assert_true (hall_value_equal (all->pdata[0], zoe));

  none = hall_rows_list (db, &hall_post_kind, NULL, NULL, &error);
  g_assert_cmpint (none->len, ==, 0);

  g_assert_null (hall_rows_list (db, &hall_post_kind, "WHERE nonsense", NULL, &error));
  g_assert_error (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/store/rows/every-kind", test_every_kind);
  g_test_add_func ("/store/rows/absent", test_absent);
  g_test_add_func ("/store/rows/put-again", test_put_again);
  g_test_add_func ("/store/rows/put-errors", test_put_errors);
  g_test_add_func ("/store/rows/derived", test_derived);
  g_test_add_func ("/store/rows/remove", test_remove);
  g_test_add_func ("/store/rows/list", test_list);

  return g_test_run ();
}
