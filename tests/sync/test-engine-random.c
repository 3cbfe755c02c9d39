/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two hosts edit, remove, decide and exchange at random while things go wrong; once the network is quiet everybody
 * agrees on everything that does not wait for a host. GLib prints the seed; --seed runs it again. */
#include "town.h"

#include "format/hall-json.h"
#include "format/hall-wire.h"
#include "model/hall-kinds.h"
#include "store/hall-rows.h"
#include "sync/hall-choices.h"
#include "sync/hall-discards.h"

#define STEPS 60

static GRand *shaken;

/* GLib gives every test the same random numbers; each is to have its own. */
static void
shake (gconstpointer number)
{
  guint32 seeds[] = { g_test_rand_int (), GPOINTER_TO_UINT (number) };

  g_clear_pointer (&shaken, g_rand_free);
  shaken = g_rand_new_with_seed_array (seeds, G_N_ELEMENTS (seeds));
}

static guint
dice (guint sides)
{
  return g_rand_int_range (shaken, 0, sides);
}

/* Few enough that hosts and visitors meet, with case as people type it. */
static char *
some_address (void)
{
  return g_strdup_printf ("%s%u@example.org", dice (2) ? "Guest" : "guest", dice (6));
}

static gpointer
some_row (Host           *host,
          const HallKind *kind)
{
  g_autoptr (GPtrArray) rows = hall_rows_list (host->db, kind, NULL, NULL, NULL);

  return rows->len > 0 ? hall_value_ref (g_ptr_array_index (rows, dice (rows->len))) : NULL;
}

static char *
some_text (void)
{
  static guint n = 0;

  return g_strdup_printf ("text %u", n++);
}

static gboolean
is_free (Host               *host,
         const HallAttendee *attendee)
{
  return hall_database_get_int (host->db, NULL, "SELECT count(*) FROM attendees WHERE chat = ? AND address_key = ? AND id <> ?",
                                "ttt", attendee->chat, attendee->address_key, attendee->parent.id) == 0;
}

static void
add_row (Host *host)
{
  g_autoptr (HallChat)     chat = some_row (host, &hall_chat_kind);
  g_autoptr (HallSeries)   series = some_row (host, &hall_series_kind);
  g_autoptr (HallAttendee) attendee = NULL;
  g_autoptr (HallValue)    value = NULL;
  g_autofree char         *text = some_text ();
  g_autofree char         *address = some_address ();
  g_autofree char         *slug = g_strdup_printf ("chat-%u", dice (8));

  switch (dice (chat != NULL ? 7 : 3)) {
  case 0:
    value = (HallValue *) scratch_series (host->account->parent.id);
    break;
  case 1:
    value = (HallValue *) scratch_chat (host->account->parent.id, slug);
    if (series != NULL)
      g_set_str (&((HallChat *) value)->series, series->parent.id);
    break;
  case 2:
    value = (HallValue *) scratch_post (host->account->parent.id, text);
    break;
  case 3:
    value = (HallValue *) scratch_guest (chat, text);
    break;
  case 4:
  case 5:
    value = (HallValue *) scratch_attendee (chat, text, address);
    if (!is_free (host, (HallAttendee *) value))
      return;
    break;
  default:
    attendee = some_row (host, &hall_attendee_kind);
    if (attendee != NULL && g_strcmp0 (attendee->chat, chat->parent.id) != 0)
      g_clear_pointer (&attendee, hall_value_unref);
    value = (HallValue *) scratch_question (chat, attendee, text);
    break;
  }
  host_save (host, value);
}

static void
edit_row (Host *host)
{
  static const HallKind *const kinds[] = {
    &hall_chat_kind, &hall_chat_kind, &hall_post_kind, &hall_guest_kind, &hall_attendee_kind, &hall_question_kind,
  };
  const HallKind       *kind = kinds[dice (G_N_ELEMENTS (kinds))];
  g_autoptr (HallValue) now = some_row (host, kind);
  g_autoptr (HallValue) then = now != NULL ? hall_value_copy (now) : NULL;
  g_autofree char      *text = some_text ();
  g_autofree char      *address = some_address ();

  if (then == NULL)
    return;

  if (kind == &hall_chat_kind) {
    HallChat *chat = (HallChat *) then;

    switch (dice (4)) {
    case 0:
      g_set_str (&chat->title, text);
      break;
    case 1:
      g_set_str (&chat->recording, dice (3) ? text : NULL);
      break;
    case 2:
      g_free (chat->slug);
      chat->slug = g_strdup_printf ("chat-%u", dice (8));
      break;
    default:
      g_free (chat->summary);
      chat->summary = g_strdup_printf ("%s\nsame\n%s\n", dice (2) ? text : "first", dice (2) ? text : "last");
      break;
    }
  } else if (kind == &hall_attendee_kind) {
    HallAttendee *attendee = (HallAttendee *) then;

    switch (dice (3)) {
    case 0:
      attendee->attended = !attendee->attended;
      break;
    case 1:
      g_set_str (&attendee->name, text);
      break;
    default:
      g_set_str (&attendee->address, address);
      g_free (attendee->address_key);
      attendee->address_key = g_ascii_strdown (address, -1);
      if (!is_free (host, attendee))
        return;
      break;
    }
  } else {
    hall_value_set_text (then, hall_kind_find_field (kind, kind == &hall_guest_kind ? "name" : "text"), text);
  }
  host_save (host, then);
}

static void
remove_row (Host *host)
{
  guint                  n_kinds;
  const HallKind *const *kinds = hall_kinds_list (&n_kinds);
  const HallKind        *kind = kinds[dice (n_kinds)];
  g_autoptr (HallValue)  row = kind->sent ? some_row (host, kind) : NULL;

  if (row != NULL)
    host_remove (host, row);
}

static char *
some_id (Host       *host,
         const char *query)
{
  g_autofree char *sql = g_strdup_printf ("%s LIMIT 1 OFFSET %u", query, dice (4));

  return hall_database_get_text (host->db, NULL, sql, "");
}

/* Whether it was heard: what the host wants may not be possible any more. */
static gboolean
decide (Host       *host,
        HallChoice  choice,
        const char *id)
{
  g_autoptr (HallConflict) conflict = hall_conflicts_get (host->db, id, NULL);
  const char              *json = conflict->mine != NULL ? conflict->mine : conflict->theirs;
  g_autoptr (HallValue)    edited = NULL;
  g_autoptr (GError)       error = NULL;
  g_autofree char         *text = some_text ();
  gboolean                 done;

  if (choice == HALL_CHOICE_EDITED) {
    const HallField *field = hall_kind_find_field (conflict->kind, "title");

    edited = hall_wire_read (conflict->kind, json, -1, HALL_WIRE_ALL, NULL);
    if (field == NULL || conflict->kind == &hall_post_kind)
      field = hall_kind_find_field (conflict->kind, conflict->kind == &hall_attendee_kind ||
                                                    conflict->kind == &hall_guest_kind ? "name" : "text");
    hall_value_set_text (edited, field, text);
  }

  scratch_begin (host->db);
  done = hall_choices_make (host->db, id, choice, edited, &scratch_clock, &scratch_random, &error);
  scratch_commit (host->db);
  if (!done && !g_error_matches (error, HALL_STORE_ERROR, HALL_STORE_ERROR_EXISTS) &&
      !g_error_matches (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND))
    g_error ("%s", error->message);
  host_assert_sound (host);

  return done;
}

typedef gboolean (*Word) (HallDatabase      *db,
                          const char        *id,
                          const HallClock   *clock,
                          const HallRandom  *random,
                          GError           **error);

static void
say (Host       *host,
     Word        word,
     const char *id)
{
  g_autoptr (GError) error = NULL;

  if (id == NULL)
    return;

  scratch_begin (host->db);
  if (!word (host->db, id, &scratch_clock, &scratch_random, &error) &&
      !g_error_matches (error, HALL_STORE_ERROR, HALL_STORE_ERROR_NOT_FOUND) &&
      !g_error_matches (error, HALL_STORE_ERROR, HALL_STORE_ERROR_EXISTS))
    g_error ("%s", error->message);
  scratch_commit (host->db);
  host_assert_sound (host);
}

#define REFUSED "SELECT operation FROM outbox WHERE state = 'parked' AND reason <> 'conflict'"

static void
decide_something (Host *host)
{
  g_autofree char *conflict = some_id (host, "SELECT id FROM conflicts");
  g_autofree char *refused = some_id (host, REFUSED);
  g_autofree char *choice = some_id (host, "SELECT id FROM decisions WHERE word <> 'discard'");
  g_autofree char *discard = some_id (host, "SELECT id FROM decisions WHERE word = 'discard'");

  switch (dice (5)) {
  case 0:
    say (host, hall_discards_retry, refused);
    break;
  case 1:
    say (host, hall_discards_make, refused);
    break;
  case 2:
    say (host, hall_choices_undo, choice);
    break;
  case 3:
    say (host, hall_discards_undo, discard);
    break;
  default:
    if (conflict != NULL)
      decide (host, dice (HALL_CHOICE_EDITED + 1), conflict);
    break;
  }
}

/* One after the other, for one decision may settle what another was about. */
static void
decide_everything (Host *host)
{
  while (TRUE) {
    g_autofree char *conflict = hall_database_get_text (host->db, NULL, "SELECT id FROM conflicts LIMIT 1", "");

    if (conflict == NULL)
      break;
    if (!decide (host, dice (HALL_CHOICE_EDITED + 1), conflict))
      g_assert_true (decide (host, HALL_CHOICE_THEIRS, conflict));
  }
  while (TRUE) {
    g_autofree char *refused = hall_database_get_text (host->db, NULL, REFUSED " LIMIT 1", "");

    if (refused == NULL)
      break;
    say (host, hall_discards_make, refused);
  }
}

static void
visit_page (Town *town)
{
  g_autoptr (HallRequest) request = NULL;
  g_autoptr (HallReply)   reply = NULL;
  g_autofree char        *path = g_strdup_printf ("/e/chat-%u", dice (8));
  g_autofree char        *address = some_address ();
  g_autofree char        *form = g_strdup_printf ("name=Visitor&address=%s&question=%s", address, dice (2) ? "What" : "");

  request = hall_request_new ("POST", path);
  hall_headers_set (request->headers, "Content-Type", "application/x-www-form-urlencoded");
  request->body = g_bytes_new (form, strlen (form));
  request->peer = g_strdup_printf ("127.0.0.%u", dice (250));
  reply = town_ask (town, request);
}

static void
exchange (Town *town,
          Host *host)
{
  static const char *const methods[] = { "GET", "PUT", "PATCH", "DELETE" };
  g_autoptr (GError)       trouble = NULL;

  town->in_small_pages = dice (4) == 0;
  if (dice (2))
    town_let_happen (town, dice (ANSWER_HALF + 1), methods[dice (G_N_ELEMENTS (methods))]);
  trouble = host_sync (host, NULL);
  town_let_happen (town, ALL_WELL, NULL);
}

static void
exchange_of_the_other (gpointer data)
{
  Town              *town = data;
  g_autoptr (GError) trouble = NULL;

  town->in_small_pages = FALSE;
  trouble = host_sync (town->ben, NULL);
}

static void
take_step (Town     *town,
           gboolean  decides)
{
  Host *host = dice (2) ? town->ann : town->ben;

  switch (dice (decides ? 15 : 12)) {
  case 0:
  case 1:
  case 2:
    add_row (host);
    break;
  case 3:
  case 4:
  case 5:
  case 6:
    edit_row (host);
    break;
  case 7:
    remove_row (host);
    break;
  case 8:
    visit_page (town);
    break;
  case 9:
    town->meanwhile = exchange_of_the_other;
    town->meanwhile_data = town;
    exchange (town, town->ann);
    town->meanwhile = NULL;
    break;
  case 12:
  case 13:
    decide_something (host);
    break;
  default:
    exchange (town, host);
    break;
  }
}

static GHashTable *
lines_of (char *dump)
{
  g_autofree char *text = dump;
  g_auto (GStrv)   lines = g_strsplit (text, "\n", -1);
  GHashTable      *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_hash_table_add (set, g_strdup (lines[i]));

  return set;
}

/* Whether the row, or one that it hangs on here or at the desk, waits for something. */
static gboolean
waits (Host       *host,
       const char *line)
{
  const char        *space = strchr (line, ' ');
  g_autofree char   *kind = g_strndup (line, space - line);
  g_autofree char   *id = g_strndup (space + strlen (" {\"id\":\""), HALL_ID_LENGTH);
  g_autoptr (GError) error = NULL;
  gint64             n = hall_database_get_int (host->db, &error,
                                                "SELECT count(*) FROM outbox AS o WHERE instr (?1, o.id) > 0 OR "
                                                "instr ((SELECT json FROM bases WHERE kind = ?2 AND bases.id = ?3), o.id) > 0",
                                                "ttt", line, kind, id);

  g_assert_no_error (error);

  return n > 0;
}

/* Whatever is here and not there, or otherwise, waits for the host. */
static void
assert_agrees (Town *town,
               Host *host)
{
  g_autoptr (GHashTable) here = lines_of (host_dump (host));
  g_autoptr (GHashTable) bases = lines_of (host_dump_bases (host));
  g_autoptr (GHashTable) there = lines_of (town_dump_desk (town));
  GHashTableIter         iter;
  gpointer               line;

  g_hash_table_iter_init (&iter, here);
  while (g_hash_table_iter_next (&iter, &line, NULL))
    if (!g_hash_table_contains (there, line) && !waits (host, line))
      g_error ("%s has what nobody else knows: %s", host->path, (char *) line);

  g_hash_table_iter_init (&iter, there);
  while (g_hash_table_iter_next (&iter, &line, NULL)) {
    if (!g_hash_table_contains (bases, line))
      g_error ("%s has not heard of: %s", host->path, (char *) line);
    if (!g_hash_table_contains (here, line) && !waits (host, line))
      g_error ("%s lacks: %s", host->path, (char *) line);
  }
  g_assert_cmpuint (g_hash_table_size (bases), ==, g_hash_table_size (there));
}

static void
test_random (Town          *town,
             gconstpointer  data)
{
  shake (data);
  for (guint i = 0; i < STEPS; i++)
    take_step (town, FALSE);

  town->in_small_pages = FALSE;
  for (guint round = 0; round < 4; round++) {
    host_sync_well (town->ann);
    host_sync_well (town->ben);
  }

  assert_agrees (town, town->ann);
  assert_agrees (town, town->ben);
  g_assert_cmpint (scratch_ask (town->ann->db, "SELECT count(*) FROM outbox WHERE state IN ('sending', 'unknown')"), ==, 0);
  g_assert_cmpint (scratch_ask (town->ben->db, "SELECT count(*) FROM outbox WHERE state IN ('sending', 'unknown')"), ==, 0);
}

/* Once every host has decided everything, all have the same, and nothing waits. */
static void
test_decided (Town          *town,
              gconstpointer  data)
{
  guint round = 0;

  shake (data);
  for (guint i = 0; i < 2 * STEPS; i++)
    take_step (town, TRUE);

  town->in_small_pages = FALSE;
  do {
    g_assert_cmpuint (round++, <, 30);
    host_sync_well (town->ann);
    decide_everything (town->ann);
    host_sync_well (town->ben);
    decide_everything (town->ben);
  } while (scratch_ask (town->ann->db, "SELECT count(*) FROM outbox") > 0 ||
           scratch_ask (town->ben->db, "SELECT count(*) FROM outbox") > 0);

  town_assert_converged (town);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < 20; i++) {
    g_autofree char *path = g_strdup_printf ("/sync/engine-random/%u", i);

    TOWN_TEST (path, test_random, GUINT_TO_POINTER (i));
  }
  for (guint i = 0; i < 20; i++) {
    g_autofree char *path = g_strdup_printf ("/sync/engine-random/decided/%u", i);

    TOWN_TEST (path, test_decided, GUINT_TO_POINTER (i));
  }

  return g_test_run ();
}
