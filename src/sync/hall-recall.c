/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a restored service tells may be older than what it told before. An old version is known by its mark; what came
 * after it is offered again: a row, a change of it, or its removal. */
#include "sync/hall-recall.h"

#include "format/hall-wire.h"
#include "store/hall-bases.h"
#include "store/hall-history.h"
#include "sync/hall-arrival.h"
#include "sync/hall-dispute.h"
#include "sync/hall-merge.h"
#include "sync/hall-row-parents.h"
#include "sync/hall-row-state.h"

/* The version that what the service tells now comes from. */
typedef struct {
  HallValue *value;       /* or absent */
  guint      distance;    /* fields in which what it tells now differs from it */
  gboolean   was_removed; /* the last that is known of the row is its removal */
} Nearest;

static void
clear_nearest (Nearest *nearest)
{
  g_clear_pointer (&nearest->value, hall_value_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Nearest, clear_nearest)

static guint
count_differences (gconstpointer a,
                   gconstpointer b)
{
  const HallKind *kind = ((const HallValue *) a)->kind;
  guint           n = 0;

  for (guint i = 0; i < kind->n_fields; i++)
    if ((kind->fields[i].flags & (HALL_FIELD_LOCAL | HALL_FIELD_SERVICE)) == 0 &&
        !hall_value_same_field (a, b, &kind->fields[i]))
      n++;

  return n;
}

static void
consider (Nearest       *nearest,
          gconstpointer  version,
          gconstpointer  theirs)
{
  guint distance;

  if (version == NULL)
    return;

  distance = count_differences (version, theirs);
  if (nearest->value != NULL && nearest->distance <= distance)
    return;

  hall_value_unref (nearest->value);
  nearest->value = hall_value_copy (version);
  nearest->distance = distance;
}

/* Whether an edit of the host began with @version. */
static gboolean
was_edited_here (GPtrArray     *changes,
                 gconstpointer  version)
{
  for (guint i = 0; i < changes->len; i++) {
    const HallHistoryChange *change = changes->pdata[i];

    if (change->origin == HALL_HISTORY_HOST && change->before != NULL && count_differences (change->before, version) == 0)
      return TRUE;
  }

  return FALSE;
}

static GPtrArray *
list_past (HallTransfer        *transfer,
           const HallRowState  *row,
           GError             **error)
{
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func ((GDestroyNotify) hall_value_unref);
  g_autoptr (GPtrArray) texts = hall_bases_list_past (transfer->db, row->kind, row->id, error);

  for (guint i = 0; texts != NULL && i < texts->len; i++) {
    HallValue *version = hall_wire_read (row->kind, texts->pdata[i], -1, HALL_WIRE_ALL, error);

    if (version == NULL)
      return NULL;
    g_ptr_array_add (versions, version);
  }

  return texts != NULL ? g_steal_pointer (&versions) : NULL;
}

/* A mark that is known names the very version. Otherwise somebody has gone on after the backup was brought back: from
 * that version of the service, of all that were ever seen, which differs least. When that could be the newest one as
 * well as the one an edit made here began with, it is taken to be the latter: so that edit is not gone over, and at
 * worst the host is asked. */
static gboolean
find_nearest (HallTransfer        *transfer,
              const HallRowState  *row,
              const HallNews      *news,
              Nearest             *nearest,
              GError             **error)
{
  g_autoptr (HallValue) newest = hall_arrival_find_ancestor (transfer, row, news->value);
  g_autoptr (GPtrArray) changes = hall_history_list (transfer->db, row->kind, row->id, error);
  g_autoptr (GPtrArray) past = changes != NULL ? list_past (transfer, row, error) : NULL;
  gboolean              is_past;

  if (past == NULL || !hall_bases_is_past (transfer->db, row->kind, row->id, news->mark, &is_past, error))
    return FALSE;

  nearest->was_removed = changes->len > 0 && ((HallHistoryChange *) changes->pdata[0])->after == NULL;
  if (is_past)
    consider (nearest, news->value, news->value);

  for (guint i = 0; i < past->len; i++)
    if ((newest == NULL || count_differences (past->pdata[i], newest) > 0) && was_edited_here (changes, past->pdata[i]))
      consider (nearest, past->pdata[i], news->value);

  consider (nearest, newest, news->value);
  for (guint i = 0; i < past->len; i++)
    consider (nearest, past->pdata[i], news->value);

  return TRUE;
}

static gboolean
offer (HallTransfer        *transfer,
       const HallRowState  *row,
       HallOperationVerb    verb,
       GError             **error)
{
  if (row->newest == NULL)
    return hall_outbox_add (transfer->db, transfer->account, row->kind, row->id, verb, transfer->clock,
                            transfer->random, error);

  /* What waits is made from the row when it is sent; what was sent comes first, and tells what is left to do. */
  if (row->newest->state != HALL_OPERATION_QUEUED || row->newest->verb == verb)
    return TRUE;

  return hall_outbox_renew (transfer->db, row->newest->order, verb, transfer->clock, transfer->random, error);
}

/* The service has the row as it was, or as somebody has made it since. */
static gboolean
recall_change (HallTransfer    *transfer,
               HallRowState    *row,
               const HallNews  *news,
               gconstpointer    nearest,
               GError         **error)
{
  g_auto (HallRowState) after = { 0 };

  if (!hall_arrival_merge (transfer, row, nearest, news->value, news->mark, error) ||
      !hall_row_state_load (&after, transfer->db, row->kind, row->id, error))
    return FALSE;

  if (after.mine == NULL || after.newest != NULL || !hall_merge_has_edits (after.base, after.mine))
    return TRUE;

  return offer (transfer, &after, HALL_OPERATION_CHANGE, error);
}

/* Whether every row that @value cannot be without is here. */
static gboolean
can_stand (HallTransfer   *transfer,
           gconstpointer   value,
           gboolean       *can,
           GError        **error)
{
  g_autoptr (HallValue) copy = hall_value_copy (value);

  return hall_row_parents_attach (copy, transfer->db, can, error);
}

/* The service has a row that is not here any more. It was removed before, and goes again; but not unseen when
 * somebody has gone on with it. What goes with its chat needs no word of its own. */
static gboolean
recall_removal (HallTransfer    *transfer,
                HallRowState    *row,
                const HallNews  *news,
                const Nearest   *nearest,
                GError         **error)
{
  g_autofree char *json = hall_wire_write (news->value, HALL_WIRE_ALL);
  gboolean         stands;

  if (!can_stand (transfer, news->value, &stands, error) ||
      !hall_bases_put (transfer->db, transfer->account, row->kind, row->id, news->mark, json, error))
    return FALSE;

  if (!stands && row->newest == NULL)
    return TRUE;
  if (nearest->distance == 0)
    return offer (transfer, row, HALL_OPERATION_REMOVE, error);

  return hall_dispute_open (transfer, row, nearest->value, NULL, news->value, error);
}

static gboolean
meet_version (HallTransfer    *transfer,
              HallRowState    *row,
              const HallNews  *news,
              GError         **error)
{
  g_auto (Nearest) nearest = { 0 };
  gboolean         is_removal;

  /* The service never knew it, or not since the host brought it back. */
  if (row->mine != NULL && row->base == NULL && row->forgotten == NULL)
    return hall_arrival_take (transfer, news, error);

  if (!find_nearest (transfer, row, news, &nearest, error))
    return FALSE;

  is_removal = row->newest != NULL ? row->newest->verb == HALL_OPERATION_REMOVE : nearest.was_removed;
  if (row->mine == NULL)
    return is_removal && nearest.value != NULL ? recall_removal (transfer, row, news, &nearest, error)
                                               : hall_arrival_take (transfer, news, error);

  /* The host is asked about it already, with both versions before their eyes. */
  if (row->conflict != NULL && nearest.distance == 0) {
    g_autofree char *json = hall_wire_write (news->value, HALL_WIRE_ALL);

    return hall_bases_put (transfer->db, transfer->account, row->kind, row->id, news->mark, json, error);
  }

  return recall_change (transfer, row, news, nearest.value, error);
}

/* The service does not have the row, and nobody has deleted it there. */
static gboolean
meet_gap (HallTransfer        *transfer,
          const HallRowState  *row,
          GError             **error)
{
  if (row->mine == NULL)
    return (row->newest == NULL || hall_row_state_is_frozen (row->first) ||
            hall_outbox_drop (transfer->db, row->newest->order, error)) &&
           hall_bases_drop (transfer->db, row->kind, row->id, error);

  if (row->base == NULL)
    return TRUE;

  transfer->result.received++;
  return hall_bases_set_forgotten (transfer->db, row->kind, row->id, error) &&
         offer (transfer, row, HALL_OPERATION_CREATE, error);
}

/* The service says that it has deleted the row. Perhaps it did so before the host brought the row back, and has
 * forgotten that; when that is not certain the host is asked. */
static gboolean
meet_tombstone (HallTransfer    *transfer,
                HallRowState    *row,
                const HallNews  *news,
                GError         **error)
{
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (HallValue) said = NULL;
  gboolean              is_past;
  gboolean              was_removed = FALSE;

  if (!hall_bases_is_past (transfer->db, row->kind, row->id, news->mark, &is_past, error))
    return FALSE;
  if (is_past)
    return meet_gap (transfer, row, error);

  changes = hall_history_list (transfer->db, row->kind, row->id, error);
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    was_removed = was_removed || ((HallHistoryChange *) changes->pdata[i])->after == NULL;
  if (changes == NULL || row->mine == NULL || row->base == NULL || !was_removed)
    return changes != NULL && hall_arrival_take (transfer, news, error);

  said = hall_dispute_say (row, row->mine);
  return hall_dispute_open (transfer, row, row->base, said, NULL, error) &&
         hall_bases_drop (transfer->db, row->kind, row->id, error);
}

/**
 * hall_recall_compare:
 * @transfer: an exchange with a service that came back from a backup, or that must have
 * @news: what it has of a row now; with a mark but no value when it has deleted it, with neither when it says nothing
 *   of it. The rows it hangs on have been compared before
 * @error: HALL_STORE_ERROR, or HALL_FORMAT_ERROR when the history is damaged
 *
 * Brings the row together with what is known of it. What was never sent to that service is not touched.
 *
 * Returns: whether it went well
 */
gboolean
hall_recall_compare (HallTransfer    *transfer,
                     const HallNews  *news,
                     GError         **error)
{
  g_auto (HallRowState) row = { 0 };

  g_return_val_if_fail (transfer != NULL && news != NULL, FALSE);

  if (!hall_row_state_load (&row, transfer->db, news->kind, news->id, error))
    return FALSE;

  if (news->value == NULL)
    return news->mark != NULL ? meet_tombstone (transfer, &row, news, error) : meet_gap (transfer, &row, error);
  if (g_strcmp0 (row.mark, news->mark) == 0 && (row.mine != NULL || row.newest != NULL))
    return TRUE;

  return meet_version (transfer, &row, news, error);
}
