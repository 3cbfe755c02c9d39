/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows and tombstones meet what is here: taken, merged, or kept beside it as a conflict. Base and row are always
 * written together, and news that was taken before changes nothing. */
#include "sync/hall-arrival.h"

#include "format/hall-front-matter.h"
#include "format/hall-wire.h"
#include "model/hall-chat.h"
#include "model/hall-person.h"
#include "model/hall-post.h"
#include "store/hall-bases.h"
#include "store/hall-echoes.h"
#include "store/hall-history.h"
#include "store/hall-revisions.h"
#include "store/hall-rows.h"
#include "sync/hall-attendee-arrival.h"
#include "sync/hall-dispute.h"
#include "sync/hall-merge.h"
#include "sync/hall-row-parents.h"
#include "sync/hall-shared-fate.h"

static gboolean
put_base (HallTransfer        *transfer,
          const HallRowState  *row,
          gconstpointer        theirs,
          const char          *mark,
          GError             **error)
{
  g_autofree char *json = hall_wire_write (theirs, HALL_WIRE_ALL);

  return hall_bases_put (transfer->db, transfer->account, row->kind, row->id, mark, json, error);
}

static gboolean
put_post (HallTransfer    *transfer,
          HallPost        *post,
          const HallPost  *before,
          GError         **error)
{
  g_autoptr (HallFrontMatter) matter = hall_front_matter_read (post->text != NULL ? post->text : "", post->file_name);
  const char                 *old = before != NULL ? before->text : NULL;

  g_set_str (&post->title, matter->title);
  if (before == NULL || g_strcmp0 (post->text, old) != 0)
    post->edited_at = hall_clock_now (transfer->clock);
  if (!hall_rows_put (transfer->db, post, error))
    return FALSE;

  return post->text == NULL || g_strcmp0 (post->text, old) == 0 ||
         hall_revisions_add (transfer->db, post->parent.id, post->text, hall_clock_now (transfer->clock), error);
}

/* One whom the host has added by hand. */
static gboolean
lacks_person (gconstpointer value)
{
  return ((const HallValue *) value)->kind == &hall_attendee_kind && ((const HallAttendee *) value)->person == NULL;
}

/* Writes the row with what only this machine keeps of it. One whose chat is not here cannot stand: the chat was
 * removed here or there, and the row goes with it. */
static gboolean
put_row (HallTransfer   *transfer,
         gpointer        value,
         gconstpointer   before,
         GError        **error)
{
  const HallValue *self = value;
  gboolean         is_same;
  gboolean         can_stand;

  if (!hall_row_parents_attach (value, transfer->db, &can_stand, error))
    return FALSE;
  if (!can_stand)
    return TRUE;

  is_same = before != NULL && hall_value_equal (before, value);
  if (is_same && !lacks_person (value))
    return TRUE;

  if (before != NULL && !is_same &&
      !hall_history_add (transfer->db, HALL_HISTORY_SERVICE, before, value, hall_clock_now (transfer->clock), error))
    return FALSE;

  if (self->kind == &hall_post_kind)
    return put_post (transfer, value, before, error);
  if (self->kind == &hall_attendee_kind)
    return hall_attendee_arrival_put (transfer, value, before, error);

  return hall_rows_put (transfer->db, value, error);
}

static gboolean
place (HallTransfer        *transfer,
       const HallRowState  *row,
       const HallNews      *news,
       GError             **error)
{
  g_autoptr (HallValue) value = hall_value_copy (news->value);
  const HallField      *account = hall_kind_find_field (row->kind, "account");

  if (account != NULL)
    hall_value_set_text (value, account, transfer->account);

  return put_row (transfer, value, NULL, error) &&
         put_base (transfer, row, news->value, news->mark, error);
}

/* What waits to be sent, after @merged and @theirs have been brought together without a conflict. */
static gboolean
review_operations (HallTransfer        *transfer,
                   const HallRowState  *row,
                   gconstpointer        merged,
                   gconstpointer        theirs,
                   GError             **error)
{
  const HallOperation *newest = row->newest;

  if (newest == NULL || hall_row_state_is_frozen (newest))
    return TRUE;

  return hall_merge_has_edits (theirs, merged) || hall_outbox_drop (transfer->db, newest->order, error);
}

static gboolean
drop_conflict (HallTransfer  *transfer,
               HallRowState  *row,
               GError       **error)
{
  return row->conflict == NULL || hall_conflicts_drop (transfer->db, row->kind, row->id, error);
}

/**
 * hall_arrival_find_ancestor:
 * @transfer: an exchange
 * @row: a row
 * @theirs: the version of the service
 *
 * Where an operation has been sent and its answer was lost, nobody knows yet whether @theirs contains it. In the
 * fields where it does, what was sent is what both sides have seen last. Once news has come that goes beyond what
 * the operation began with, that news is.
 *
 * Returns: (transfer full) (nullable): the last version both sides have seen
 */
gpointer
hall_arrival_find_ancestor (HallTransfer        *transfer,
                            const HallRowState  *row,
                            gconstpointer        theirs)
{
  HallValue            *ancestor = NULL;
  g_autoptr (HallValue) sent = NULL;
  gboolean              was_sent = hall_row_state_is_frozen (row->first) && row->first->body != NULL &&
                                   g_strcmp0 (row->first->base_mark, row->mark) == 0;

  g_return_val_if_fail (theirs != NULL, NULL);

  if (row->base != NULL)
    ancestor = hall_value_copy (row->base);
  else if (row->conflict != NULL && row->conflict->base != NULL)
    ancestor = hall_wire_read (row->kind, row->conflict->base, -1, HALL_WIRE_ALL, NULL);
  else if (row->forgotten != NULL)
    ancestor = hall_value_copy (row->forgotten);

  if (was_sent && (row->first->verb == HALL_OPERATION_CREATE || row->base != NULL))
    sent = transfer->remote->read_body (row->first, row->base, NULL);
  if (sent == NULL)
    return ancestor;
  if (ancestor == NULL)
    return g_steal_pointer (&sent);

  for (guint i = 0; i < row->kind->n_fields; i++)
    if (hall_value_same_field (sent, theirs, &row->kind->fields[i]))
      hall_value_take_field (ancestor, sent, &row->kind->fields[i]);

  return ancestor;
}

/* What the host is being asked about stays as they have it, however the service's side goes on: not even two long
 * texts are joined behind their back. */
static gboolean
keep_disputed (const HallRowState  *row,
               HallMerge           *merge,
               gconstpointer        theirs,
               GError             **error)
{
  const HallConflict   *conflict = row->conflict;
  g_autoptr (HallValue) base = NULL;
  g_autoptr (HallValue) mine = NULL;
  g_autoptr (HallValue) there = NULL;
  g_autoptr (HallMerge) dispute = NULL;

  if (conflict->mine == NULL || conflict->theirs == NULL)
    return TRUE;

  mine = hall_wire_read (row->kind, conflict->mine, -1, HALL_WIRE_ALL, error);
  there = mine != NULL ? hall_wire_read (row->kind, conflict->theirs, -1, HALL_WIRE_ALL, error) : NULL;
  if (there != NULL && conflict->base != NULL)
    base = hall_wire_read (row->kind, conflict->base, -1, HALL_WIRE_ALL, error);
  if (there == NULL || (conflict->base != NULL && base == NULL))
    return FALSE;

  dispute = hall_merge_values (base, mine, there);
  for (guint i = 0; i < dispute->conflicts->len; i++) {
    const HallField *field = g_ptr_array_index (dispute->conflicts, i);

    if (hall_value_same_field (row->mine, theirs, field))
      continue;
    hall_value_take_field (merge->value, row->mine, field);
    if (!g_ptr_array_find (merge->conflicts, field, NULL))
      g_ptr_array_add (merge->conflicts, (gpointer) field);
  }

  return TRUE;
}

/**
 * hall_arrival_merge:
 * @transfer: an exchange
 * @row: a row that is in the library
 * @ancestor: (nullable): the last version both sides have seen
 * @theirs: the version of the service
 * @mark: the mark of @theirs
 * @error: HALL_STORE_ERROR
 *
 * Brings both versions of @row together: row, base, and then its operations or its conflict.
 *
 * Returns: whether it went well
 */
gboolean
hall_arrival_merge (HallTransfer   *transfer,
                    HallRowState   *row,
                    gconstpointer   ancestor,
                    gconstpointer   theirs,
                    const char     *mark,
                    GError        **error)
{
  g_autoptr (HallMerge) merge = NULL;
  g_autoptr (HallValue) released = NULL;
  g_autoptr (HallValue) said = NULL;
  gboolean              is_open;

  g_return_val_if_fail (transfer != NULL && row != NULL && row->mine != NULL, FALSE);
  g_return_val_if_fail (theirs != NULL && mark != NULL, FALSE);

  released = ancestor != NULL ? hall_value_copy (ancestor) : NULL;
  if (released != NULL && !hall_row_parents_release (released, row->mine, theirs, transfer->db, error))
    return FALSE;

  merge = hall_merge_values (released, row->mine, theirs);
  if (row->conflict != NULL && !keep_disputed (row, merge, theirs, error))
    return FALSE;

  said = hall_dispute_say (row, merge->value);
  if (!put_row (transfer, merge->value, row->mine, error) || !put_base (transfer, row, theirs, mark, error))
    return FALSE;

  /* Once there is a conflict only the host can end it, or both sides coming to say the same. */
  is_open = merge->conflicts->len > 0 || (row->conflict != NULL && hall_merge_has_edits (theirs, said));
  if (is_open)
    return hall_dispute_open (transfer, row, ancestor, said, theirs, error);

  return drop_conflict (transfer, row, error) && review_operations (transfer, row, merge->value, theirs, error);
}

/* The service has news of a row that was removed here. */
static gboolean
meet_removal (HallTransfer    *transfer,
              HallRowState    *row,
              const HallNews  *news,
              GError         **error)
{
  g_autoptr (HallValue) ancestor = hall_arrival_find_ancestor (transfer, row, news->value);

  if (!put_base (transfer, row, news->value, news->mark, error))
    return FALSE;

  /* Removed along with its chat, while it was on its way to the service. */
  if (row->newest->verb != HALL_OPERATION_REMOVE)
    return TRUE;

  if (row->conflict == NULL && ancestor != NULL && !hall_merge_has_edits (ancestor, news->value))
    return TRUE;

  return hall_dispute_open (transfer, row, ancestor, NULL, news->value, error);
}

static gboolean
forget (HallTransfer        *transfer,
        const HallRowState  *row,
        GError             **error)
{
  return hall_row_state_drop_all (row, transfer->db, error) &&
         hall_bases_drop (transfer->db, row->kind, row->id, error);
}

static gboolean
is_waited_for (HallTransfer        *transfer,
               const HallRowState  *row,
               gboolean            *waits,
               GError             **error)
{
  gint64   below = 0;
  /* One that is only offered again, because the service had forgotten it, is no edit. */
  gboolean is_offer = row->forgotten != NULL && !hall_row_state_is_frozen (row->first) &&
                      !hall_merge_has_edits (row->forgotten, row->mine);

  if ((row->newest == NULL || is_offer) && row->kind == &hall_chat_kind)
    below = hall_outbox_count_below (transfer->db, row->id, error);
  *waits = (row->newest != NULL && !is_offer) || below > 0;

  return below >= 0;
}

/* The service has deleted the row. What the host has changed since is not thrown away for that. */
static gboolean
take_tombstone (HallTransfer  *transfer,
                HallRowState  *row,
                GError       **error)
{
  gboolean waits, is_ours, shares_fate;

  if (row->mine == NULL)
    return forget (transfer, row, error);

  /* The host has brought it back since they removed it, and the service is still to hear of that. */
  if (!hall_echoes_is_removal (transfer->db, transfer->account, row->kind, row->id, &is_ours, error))
    return FALSE;
  if (is_ours && row->base == NULL && row->newest != NULL && row->newest->verb == HALL_OPERATION_CREATE)
    return TRUE;

  /* That is just what was asked for; the host has brought it back since. */
  if (row->first != NULL && row->first->verb == HALL_OPERATION_REMOVE)
    return hall_outbox_drop (transfer->db, row->first->order, error) &&
           hall_bases_drop (transfer->db, row->kind, row->id, error);

  if (!is_waited_for (transfer, row, &waits, error))
    return FALSE;
  if (waits) {
    g_autoptr (HallValue) said = hall_dispute_say (row, row->mine);

    return hall_dispute_open (transfer, row, row->base, said, NULL, error) &&
           hall_bases_drop (transfer->db, row->kind, row->id, error);
  }

  /* It went with its chat, and stays with it here: the host decides about both. */
  if (!hall_shared_fate_is_open (transfer, row, &shares_fate, error))
    return FALSE;
  if (shares_fate)
    return hall_bases_drop (transfer->db, row->kind, row->id, error);

  return forget (transfer, row, error) &&
         hall_history_add (transfer->db, HALL_HISTORY_SERVICE, row->mine, NULL, hall_clock_now (transfer->clock), error) &&
         hall_rows_remove (transfer->db, row->kind, row->id, error);
}

/* Whether it was taken before, so that nothing may happen a second time. */
static gboolean
is_known (const HallRowState *row,
          const HallNews     *news)
{
  if (news->value != NULL)
    return g_strcmp0 (row->mark, news->mark) == 0 && (row->mine != NULL || row->newest != NULL);

  /* A row the service does not have: one that never came, or whose fate the host is to decide. */
  return row->base == NULL && (row->newest == NULL ? row->mine == NULL : row->conflict != NULL);
}

/**
 * hall_arrival_take:
 * @transfer: an exchange
 * @news: what the service says of a row; the rows it hangs on have been taken before
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well
 */
gboolean
hall_arrival_take (HallTransfer    *transfer,
                   const HallNews  *news,
                   GError         **error)
{
  g_auto (HallRowState) row = { 0 };
  g_autoptr (HallValue) ancestor = NULL;
  gboolean              was_taken = FALSE;

  g_return_val_if_fail (transfer != NULL && news != NULL, FALSE);

  if (!hall_row_state_load (&row, transfer->db, news->kind, news->id, error))
    return FALSE;

  if (news->value == NULL && news->mark != NULL &&
      (!hall_bases_is_past (transfer->db, news->kind, news->id, news->mark, &was_taken, error) ||
       !hall_bases_note_gone (transfer->db, transfer->account, news->kind, news->id, news->mark, error)))
    return FALSE;
  if (was_taken || is_known (&row, news))
    return TRUE;
  transfer->result.received++;

  if (news->value == NULL)
    return take_tombstone (transfer, &row, error);
  if (row.mine == NULL)
    return row.newest != NULL ? meet_removal (transfer, &row, news, error) : place (transfer, &row, news, error);

  ancestor = hall_arrival_find_ancestor (transfer, &row, news->value);
  return hall_shared_fate_end (transfer, &row, error) &&
         hall_arrival_merge (transfer, &row, ancestor, news->value, news->mark, error);
}

/**
 * hall_arrival_foresee:
 * @transfer: an exchange
 * @news: what the service says of a row
 * @error: HALL_STORE_ERROR
 *
 * To be called for all of a page before the tombstones in it are taken: a chat that the service has deleted, and
 * that must not go here before the host has decided, is taken before what hangs on it.
 *
 * Returns: whether it went well
 */
gboolean
hall_arrival_foresee (HallTransfer    *transfer,
                      const HallNews  *news,
                      GError         **error)
{
  g_auto (HallRowState) row = { 0 };
  gboolean              waits;

  g_return_val_if_fail (transfer != NULL && news != NULL, FALSE);

  if (news->kind != &hall_chat_kind || news->value != NULL)
    return TRUE;
  if (!hall_row_state_load (&row, transfer->db, news->kind, news->id, error))
    return FALSE;
  if (row.mine == NULL || is_known (&row, news) ||
      (row.first != NULL && row.first->verb == HALL_OPERATION_REMOVE))
    return TRUE;
  if (!is_waited_for (transfer, &row, &waits, error))
    return FALSE;

  return !waits || hall_arrival_take (transfer, news, error);
}

/* What only this machine knew of a row stays, but for a person who is gone. */
static gboolean
recall (HallTransfer        *transfer,
        const HallRowState  *row,
        gconstpointer        last,
        HallValue          **known,
        GError             **error)
{
  const HallField       *person = hall_kind_find_field (row->kind, "person");
  const char            *id;
  g_autoptr (HallPerson) found = NULL;
  g_autoptr (GError)     fault = NULL;

  *known = NULL;
  if (row->mine != NULL || last == NULL) {
    *known = row->mine != NULL ? hall_value_ref (row->mine) : NULL;
    return TRUE;
  }

  id = person != NULL ? hall_value_get_text (last, person) : NULL;
  if (id != NULL)
    found = hall_rows_get (transfer->db, &hall_person_kind, id, &fault);
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }

  *known = hall_value_copy (last);
  if (id != NULL && found == NULL)
    hall_value_set_text (*known, person, NULL);

  return TRUE;
}

/**
 * hall_arrival_adopt:
 * @transfer: an exchange
 * @row: a row, which need not be in the library
 * @version: what the host wants it to be
 * @last: (nullable): when it is not in the library: as it last was
 * @error: HALL_STORE_ERROR
 *
 * Makes the row that version, by the host's word. Local fields stay as they are or last were. A row whose chat is
 * not here stays away. Its base, its operations and its conflict are left as they are.
 *
 * Returns: whether it went well
 */
gboolean
hall_arrival_adopt (HallTransfer        *transfer,
                    const HallRowState  *row,
                    gconstpointer        version,
                    gconstpointer        last,
                    GError             **error)
{
  g_autoptr (HallValue) value = NULL;
  g_autoptr (HallValue) known = NULL;
  const HallField      *account;
  gboolean              can_stand;

  g_return_val_if_fail (transfer != NULL && row != NULL && version != NULL, FALSE);

  value = hall_value_copy (version);
  if (!recall (transfer, row, last, &known, error))
    return FALSE;

  for (guint i = 0; known != NULL && i < row->kind->n_fields; i++)
    if ((row->kind->fields[i].flags & HALL_FIELD_LOCAL) != 0)
      hall_value_take_field (value, known, &row->kind->fields[i]);
  account = hall_kind_find_field (row->kind, "account");
  if (account != NULL)
    hall_value_set_text (value, account, transfer->account);

  if (!hall_row_parents_attach (value, transfer->db, &can_stand, error))
    return FALSE;
  if (!can_stand || (row->mine != NULL && hall_value_equal (row->mine, value)))
    return TRUE;

  if (!hall_history_add (transfer->db, HALL_HISTORY_HOST, row->mine, value, hall_clock_now (transfer->clock), error))
    return FALSE;

  if (row->kind == &hall_post_kind)
    return put_post (transfer, (HallPost *) value, (const HallPost *) row->mine, error);
  if (row->kind == &hall_attendee_kind)
    return hall_attendee_arrival_put (transfer, (HallAttendee *) value, (const HallAttendee *) known, error);

  return hall_rows_put (transfer->db, value, error);
}
