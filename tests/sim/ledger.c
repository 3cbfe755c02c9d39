/* SPDX-License-Identifier: GPL-3.0-or-later
 * Keeping the ledger. */
#include "ledger.h"

#include <string.h>

static const char *const invariants[] = {
  [1] = "quiet network: all clients, bases and the service are equal, outboxes empty but for parked operations",
  [2] = "every edit that was acknowledged as saved is in the service's history, an outbox, a conflict or the history",
  [3] = "no field is overwritten by someone who had not seen its current value",
  [4] = "one operation id has at most one effect",
  [5] = "one sign-up per chat and normalised address, under any replay",
  [6] = "capacity binds sign-ups and promotions, and the waitlist keeps its order",
  [7] = "a deleted id does not come back unless a host brings it back",
  [8] = "delete against edit is never decided silently",
  [9] = "cursor and rows move together, and never backwards while the service keeps its history",
  [10] = "replaying any page changes nothing",
  [11] = "no child without its parent",
  [12] = "bytes of an attempted operation never change",
  [13] = "quiet network: finished within 200 rounds",
  [14] = "a parked operation starves nobody",
  [15] = "a clock jump of ten years either way changes no outcome",
  [16] = "resync and a restored service lose no pending edit",
  [17] = "quick_check and foreign_key_check are clean after every crash",
  [18] = "no token, and no attendee's address, in logs or traces",
  [19] = "rows that were not touched are not uploaded",
  [20] = "the same seed gives the same trace, twice",
  [21] = "a service that names a time is not asked before it",
  [22] = "the program goes on: no step fails where nothing has gone wrong",
};

static void
free_row (gpointer data)
{
  SimRow *row = data;

  for (guint i = 0; i < SIM_CLIENTS; i++) {
    g_array_unref (row->copies[i].shown);
    g_array_unref (row->copies[i].edits);
  }
  g_ptr_array_unref (row->versions);
  g_free (row);
}

void
sim_ledger_init (SimLedger *ledger,
                 SimTrace  *trace)
{
  *ledger = (SimLedger) { .trace = trace };
  ledger->texts = g_string_chunk_new (16 * 1024);
  ledger->rows = g_hash_table_new (g_str_hash, g_str_equal);
  ledger->order = g_ptr_array_new_with_free_func (free_row);
  ledger->marks = g_hash_table_new (g_str_hash, g_str_equal);
  ledger->operations = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  for (guint i = 0; i < SIM_CLIENTS; i++)
    ledger->outboxes[i] = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
}

void
sim_ledger_clear (SimLedger *ledger)
{
  g_hash_table_unref (ledger->rows);
  g_hash_table_unref (ledger->marks);
  g_hash_table_unref (ledger->operations);
  for (guint i = 0; i < SIM_CLIENTS; i++)
    g_hash_table_unref (ledger->outboxes[i]);
  g_ptr_array_unref (ledger->order);
  g_string_chunk_free (ledger->texts);
  g_free (ledger->breach);
}

/* The same text is always the same pointer. */
const char *
sim_ledger_text (SimLedger  *ledger,
                 const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (ledger->texts, text) : NULL;
}

/* A member of a row's JSON as its column would have it; moments are not told. */
const char *
sim_ledger_member (SimLedger  *ledger,
                   yyjson_val *member)
{
  char number[32];

  if (yyjson_is_str (member))
    return sim_ledger_text (ledger, yyjson_get_str (member));
  if (!yyjson_is_num (member) && !yyjson_is_bool (member))
    return NULL;

  g_snprintf (number, sizeof number, "%" G_GINT64_FORMAT,
              yyjson_is_bool (member) ? (gint64) yyjson_get_bool (member) : yyjson_get_sint (member));
  return sim_ledger_text (ledger, number);
}

SimRow *
sim_ledger_find (SimLedger  *ledger,
                 const char *id)
{
  return id != NULL ? g_hash_table_lookup (ledger->rows, id) : NULL;
}

SimRow *
sim_ledger_row (SimLedger      *ledger,
                const HallKind *kind,
                const char     *id)
{
  SimRow *row = g_hash_table_lookup (ledger->rows, id);

  if (row != NULL)
    return row;

  row = g_new0 (SimRow, 1);
  row->kind = kind;
  row->id = sim_ledger_text (ledger, id);
  row->versions = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < SIM_CLIENTS; i++) {
    row->copies[i].shown = g_array_new (FALSE, FALSE, sizeof (SimShown));
    row->copies[i].edits = g_array_new (FALSE, FALSE, sizeof (SimEdit));
  }
  g_hash_table_insert (ledger->rows, (gpointer) row->id, row);
  g_ptr_array_add (ledger->order, row);

  return row;
}

/* The version the desk has now; absent when it never had one, or has forgotten all. */
SimVersion *
sim_row_newest (const SimRow *row)
{
  for (guint i = row->versions->len; i > 0; i--) {
    SimVersion *version = row->versions->pdata[i - 1];

    if (!version->forgotten)
      return version;
  }

  return NULL;
}

SimVersion *
sim_ledger_add_version (SimLedger        *ledger,
                        SimRow           *row,
                        const SimVersion *version)
{
  SimVersion *kept = g_memdup2 (version, sizeof *version);

  g_ptr_array_add (row->versions, kept);
  g_hash_table_insert (ledger->marks, (gpointer) kept->mark, kept);

  return kept;
}

/* The desk is as it was at @seq; what it did after @tick is as if it had not been. */
void
sim_ledger_restore (SimLedger *ledger,
                    gint64     seq,
                    guint      tick)
{
  GHashTableIter iter;
  gpointer       value;

  ledger->n_restores++;
  ledger->last_seq = seq;

  for (guint i = 0; i < ledger->order->len; i++) {
    SimRow *row = ledger->order->pdata[i];

    for (guint j = 0; j < row->versions->len; j++) {
      SimVersion *version = row->versions->pdata[j];

      if (!version->forgotten && version->seq > seq) {
        version->forgotten = TRUE;
        row->was_forgotten = TRUE;
      }
    }
  }

  g_hash_table_iter_init (&iter, ledger->operations);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    SimOperation *operation = value;

    if (operation->n_effects > 0 && operation->effect_tick > tick)
      operation->n_effects = 0;
  }
}

/* The first breach counts; what follows may only follow from it. */
void
sim_ledger_break (SimLedger  *ledger,
                  int         invariant,
                  const char *format,
                  ...)
{
  va_list arguments;

  if (ledger->broken != 0)
    return;

  va_start (arguments, format);
  ledger->breach = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  ledger->broken = invariant;
  sim_trace (ledger->trace, "BROKEN %d: %s", invariant, ledger->breach);
}

/* What is sent by those who change it. The normalised address follows from the address. */
gboolean
sim_field_is_watched (const HallField *field)
{
  return (field->flags & (HALL_FIELD_LOCAL | HALL_FIELD_SERVICE)) == 0 && strcmp (field->name, "address_key") != 0;
}

gboolean
sim_field_is_long (const SimRow *row,
                   guint         field)
{
  return (row->kind->fields[field].flags & HALL_FIELD_LONG) != 0;
}

static gboolean
has_line (const char *text,
          const char *line,
          gsize       length)
{
  for (const char *p = text; p != NULL && (p = strstr (p, line)) != NULL; p += length)
    if ((p == text || p[-1] == '\n') && (p[length] == '\0' || p[length] == '\n'))
      return TRUE;

  return FALSE;
}

/* Whether @text holds every line that @value has and @before had not. */
gboolean
sim_text_has_lines (const char *text,
                    const char *value,
                    const char *before)
{
  g_auto (GStrv) lines = NULL;

  if (text == value || value == NULL)
    return TRUE;
  if (text == NULL)
    return FALSE;

  lines = g_strsplit (value, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !has_line (before, lines[i], strlen (lines[i])) &&
        !has_line (text, lines[i], strlen (lines[i])))
      return FALSE;

  return TRUE;
}

const char *
sim_invariant_words (int invariant)
{
  return invariant > 0 && invariant < (int) G_N_ELEMENTS (invariants) ? invariants[invariant] : "nothing is broken";
}

/* For the trace: the kind and the random end of the id. In a buffer of which there are a few. */
const char *
sim_short (const SimRow *row)
{
  static char buffers[8][32];
  static guint next = 0;
  char        *buffer = buffers[next++ % G_N_ELEMENTS (buffers)];

  g_snprintf (buffer, sizeof buffers[0], "%s:%s", row->kind->name, row->id + 28);

  return buffer;
}
