/* SPDX-License-Identifier: GPL-3.0-or-later
 * The engine joined to a line in one thread, each step in a transaction, as hall_sync_run() does it. */
#include "host.h"

#include "format/hall-wire.h"
#include "model/hall-kinds.h"
#include "scratch.h"
#include "store/hall-accounts.h"
#include "store/hall-edits.h"
#include "store/hall-library-schema.h"
#include "store/hall-rows.h"
#include "sync/hall-remote-hallway.h"

static void
open_library (Host *host)
{
  g_autoptr (GError) error = NULL;

  host->db = hall_migrator_open (host->path, hall_library_schema (), &error);
  g_assert_no_error (error);
  scratch_run (host->db, "PRAGMA synchronous = off");
}

static gint64
read_clock (gpointer data)
{
  const Host *host = data;

  return host->now;
}

Host *
host_new (const char *name,
          HostLine    line,
          gpointer    line_data)
{
  Host              *host = g_new0 (Host, 1);
  g_autofree char   *file = g_strconcat (name, ".hallway", NULL);
  g_autoptr (GError) error = NULL;

  host->path = scratch_path (file);
  host->line = line;
  host->line_data = line_data;
  host->account = scratch_account (name);
  host->now = SCRATCH_NOW;
  host->clock = (HallClock) { read_clock, host };
  open_library (host);

  scratch_begin (host->db);
  hall_accounts_add (host->db, host->account, &scratch_clock, &scratch_random, &error);
  g_assert_no_error (error);
  scratch_commit (host->db);

  return host;
}

void
host_free (Host *host)
{
  hall_value_unref (host->account);
  hall_database_close (host->db);
  g_free (host->path);
  g_free (host);
}

/* As after a program that ended in the middle of things. */
void
host_reopen (Host *host)
{
  hall_database_close (host->db);
  open_library (host);
}

/* NULL when everything was exchanged. */
GError *
host_sync (Host           *host,
           HallSyncResult *result)
{
  g_autoptr (HallEngine)  engine = NULL;
  g_autoptr (HallRequest) request = NULL;
  g_autoptr (GError)      error = NULL;

  host->n_asked = 0;
  engine = hall_engine_new (host->account->parent.id, &hall_remote_hallway, &host->clock, &scratch_random);

  while (TRUE) {
    g_autoptr (HallReply) reply = NULL;
    g_autoptr (GError)    failure = NULL;

    scratch_begin (host->db);
    hall_engine_next (engine, host->db, &request, &error);
    g_assert_no_error (error);
    scratch_commit (host->db);
    if (request == NULL)
      break;

    g_assert_cmpuint (++host->n_asked, <, 500);
    reply = host->line (host->line_data, request, &failure);
    g_clear_pointer (&request, hall_request_free);

    scratch_begin (host->db);
    hall_engine_take (engine, host->db, reply, failure, &error);
    g_assert_no_error (error);
    scratch_commit (host->db);
  }

  host_assert_sound (host);
  if (result != NULL)
    *result = *hall_engine_get_result (engine);

  return hall_engine_get_trouble (engine) != NULL ? g_error_copy (hall_engine_get_trouble (engine)) : NULL;
}

void
host_sync_well (Host *host)
{
  g_autoptr (GError) trouble = host_sync (host, NULL);

  g_assert_no_error (trouble);
}

void
host_save (Host          *host,
           gconstpointer  value)
{
  g_autoptr (GError) error = NULL;

  scratch_begin (host->db);
  hall_edits_save (host->db, value, &scratch_clock, &scratch_random, &error);
  g_assert_no_error (error);
  scratch_commit (host->db);
}

/* Changes one field of the row as it is in the library now. */
void
host_save_text (Host          *host,
                gconstpointer  value,
                const char    *field,
                const char    *text)
{
  const HallValue      *self = value;
  g_autoptr (HallValue) now = host_get (host, self->kind, self->id);
  g_autoptr (HallValue) then = hall_value_copy (now);

  hall_value_set_text (then, hall_kind_find_field (self->kind, field), text);
  host_save (host, then);
}

void
host_remove (Host          *host,
             gconstpointer  value)
{
  const HallValue   *self = value;
  g_autoptr (GError) error = NULL;

  scratch_begin (host->db);
  hall_edits_remove (host->db, self->kind, self->id, &scratch_clock, &scratch_random, &error);
  g_assert_no_error (error);
  scratch_commit (host->db);
}

gpointer
host_get (Host           *host,
          const HallKind *kind,
          const char     *id)
{
  g_autoptr (GError) error = NULL;
  gpointer           value = hall_rows_get (host->db, kind, id, &error);

  g_assert_no_error (error);

  return value;
}

HallOperation *
host_operation (Host          *host,
                gconstpointer  value)
{
  const HallValue   *self = value;
  g_autoptr (GError) error = NULL;
  HallOperation     *operation = hall_outbox_find (host->db, self->kind, self->id, &error);

  g_assert_no_error (error);

  return operation;
}

HallConflict *
host_conflict (Host          *host,
               gconstpointer  value)
{
  const HallValue   *self = value;
  g_autoptr (GError) error = NULL;
  HallConflict      *conflict = hall_conflicts_find (host->db, self->kind, self->id, &error);

  g_assert_no_error (error);

  return conflict;
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static char *
join_sorted (GPtrArray *lines)
{
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* Every row that is exchanged, as the service would tell it. */
char *
host_dump (Host *host)
{
  g_autoptr (GPtrArray)  lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError)     error = NULL;
  guint                  n_kinds;
  const HallKind *const *kinds = hall_kinds_list (&n_kinds);

  for (guint i = 0; i < n_kinds; i++) {
    g_autoptr (GPtrArray) values = NULL;

    if (!kinds[i]->sent)
      continue;
    values = hall_rows_list (host->db, kinds[i], NULL, NULL, &error);
    g_assert_no_error (error);
    for (guint j = 0; j < values->len; j++) {
      g_autofree char *json = hall_wire_write (g_ptr_array_index (values, j), HALL_WIRE_ALL);

      g_ptr_array_add (lines, g_strconcat (kinds[i]->name, " ", json, NULL));
    }
  }

  return join_sorted (lines);
}

char *
host_dump_bases (Host *host)
{
  g_autoptr (GPtrArray)     lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HallStatement) bases = NULL;
  g_autoptr (GError)        error = NULL;
  gboolean                  has_row = TRUE;

  bases = hall_database_prepare (host->db, "SELECT kind, json FROM bases", &error);
  while (has_row) {
    hall_statement_step (bases, &has_row, &error);
    g_assert_no_error (error);
    if (has_row)
      g_ptr_array_add (lines, g_strconcat (hall_statement_get_text (bases, 0), " ",
                                           hall_statement_get_text (bases, 1), NULL));
  }

  return join_sorted (lines);
}

/* What must hold whatever happened. */
void
host_assert_sound (Host *host)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *check = hall_database_get_text (host->db, &error, "PRAGMA quick_check", "");

  g_assert_no_error (error);
  g_assert_cmpstr (check, ==, "ok");
  g_assert_cmpint (scratch_ask (host->db, "SELECT count(*) FROM pragma_foreign_key_check"), ==, 0);

  /* One operation at most that may have been attempted, and it is the first of its row. */
  g_assert_cmpint (scratch_ask (host->db,
                                "SELECT count(*) FROM outbox AS o WHERE o.state IN ('sending', 'unknown') AND EXISTS "
                                "(SELECT 1 FROM outbox AS e WHERE e.kind = o.kind AND e.id = o.id AND e.number < o.number)"),
                   ==, 0);
  g_assert_cmpint (scratch_ask (host->db,
                                "SELECT count(*) FROM outbox AS o WHERE o.state IN ('queued', 'parked') AND EXISTS "
                                "(SELECT 1 FROM outbox AS e WHERE e.kind = o.kind AND e.id = o.id AND e.number < o.number "
                                "AND e.state IN ('queued', 'parked'))"),
                   ==, 0);
  /* A conflict's operation waits for the host, and nothing else of its row goes out. */
  g_assert_cmpint (scratch_ask (host->db,
                                "SELECT count(*) FROM conflicts AS c WHERE NOT EXISTS "
                                "(SELECT 1 FROM outbox AS o WHERE o.kind = c.kind AND o.id = c.row_id "
                                "AND o.state = 'parked' AND o.reason = 'conflict')"), ==, 0);
  g_assert_cmpint (scratch_ask (host->db,
                                "SELECT count(*) FROM outbox AS o WHERE o.state = 'parked' AND o.reason = 'conflict' "
                                "AND NOT EXISTS (SELECT 1 FROM conflicts AS c WHERE c.kind = o.kind AND c.row_id = o.id)"),
                   ==, 0);
  /* Bytes are kept only for what was attempted. */
  g_assert_cmpint (scratch_ask (host->db,
                                "SELECT count(*) FROM outbox WHERE body IS NOT NULL "
                                "AND (state = 'queued' OR (state = 'parked' AND reason = 'conflict'))"), ==, 0);
  /* Every sign-up has its person. */
  g_assert_cmpint (scratch_ask (host->db,
                                "SELECT count(*) FROM attendees AS a JOIN bases AS b ON b.kind = 'attendee' AND b.id = a.id "
                                "WHERE a.person IS NULL"), ==, 0);
}
