/* SPDX-License-Identifier: GPL-3.0-or-later
 * A chat that the service has deleted stays here while the host decides about it, and what hangs on it stays with
 * it, whatever the service has done to that. */
#include "sync/hall-shared-fate.h"

#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-guest.h"
#include "model/hall-question.h"
#include "store/hall-history.h"
#include "store/hall-rows.h"
#include "sync/hall-dispute.h"

/* A row that the service has deleted along with its chat, and that the host has edited since: now that the chat is
 * there again, what becomes of the row is for them to choose. */
static gboolean
dispute_edited (HallTransfer    *transfer,
                const HallKind  *kind,
                const char      *chat,
                GError         **error)
{
  g_autofree char      *where = NULL;
  g_autoptr (GPtrArray) values = NULL;

  where = g_strdup_printf ("AS r WHERE chat = ? "
                           "AND NOT EXISTS (SELECT 1 FROM bases AS b WHERE b.kind = '%1$s' AND b.id = r.id) "
                           "AND EXISTS (SELECT 1 FROM past_bases AS p WHERE p.kind = '%1$s' AND p.id = r.id) "
                           "AND EXISTS (SELECT 1 FROM outbox AS o WHERE o.kind = '%1$s' AND o.id = r.id "
                           "AND o.state = 'queued')", kind->name);
  values = hall_rows_list (transfer->db, kind, where, chat, error);
  for (guint i = 0; values != NULL && i < values->len; i++) {
    const HallValue      *value = g_ptr_array_index (values, i);
    g_auto (HallRowState) row = { 0 };

    if (!hall_row_state_load (&row, transfer->db, kind, value->id, error) ||
        !hall_dispute_open (transfer, &row, NULL, value, NULL, error))
      return FALSE;
  }

  return values != NULL;
}

/**
 * hall_shared_fate_is_open:
 * @transfer: an exchange
 * @row: a row that is in the library
 * @is: (out): whether it belongs to a chat that is deleted on the service, and about which the host is to decide
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it could be told
 */
gboolean
hall_shared_fate_is_open (HallTransfer        *transfer,
                          const HallRowState  *row,
                          gboolean            *is,
                          GError             **error)
{
  const HallField         *field;
  g_autoptr (HallConflict) conflict = NULL;
  g_autoptr (GError)       fault = NULL;

  g_return_val_if_fail (transfer != NULL && row != NULL && row->mine != NULL && is != NULL, FALSE);

  field = hall_kind_find_field (row->kind, "chat");
  if (field != NULL)
    conflict = hall_conflicts_find (transfer->db, &hall_chat_kind, hall_value_get_text (row->mine, field), &fault);
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }

  *is = conflict != NULL && conflict->theirs == NULL;
  return TRUE;
}

/**
 * hall_shared_fate_end:
 * @transfer: an exchange
 * @row: a row of which the service has just told
 * @error: HALL_STORE_ERROR
 *
 * When it is a chat about whose deletion the host was to decide, the service has it again. What stayed here with it
 * has its own news if the service has it again too; else it is gone.
 *
 * Returns: whether it went well
 */
gboolean
hall_shared_fate_end (HallTransfer        *transfer,
                      const HallRowState  *row,
                      GError             **error)
{
  static const HallKind *const children[] = { &hall_question_kind, &hall_attendee_kind, &hall_guest_kind };

  g_return_val_if_fail (transfer != NULL && row != NULL, FALSE);

  if (row->kind != &hall_chat_kind || row->conflict == NULL || row->conflict->theirs != NULL)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (children); i++) {
    g_autofree char      *where = NULL;
    g_autoptr (GPtrArray) values = NULL;

    where = g_strdup_printf ("AS r WHERE chat = ? "
                             "AND NOT EXISTS (SELECT 1 FROM bases AS b WHERE b.kind = '%1$s' AND b.id = r.id) "
                             "AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.kind = '%1$s' AND o.id = r.id)",
                             children[i]->name);
    values = hall_rows_list (transfer->db, children[i], where, row->id, error);
    for (guint j = 0; values != NULL && j < values->len; j++) {
      const HallValue *value = g_ptr_array_index (values, j);

      if (!hall_history_add (transfer->db, HALL_HISTORY_SERVICE, value, NULL, hall_clock_now (transfer->clock), error) ||
          !hall_rows_remove (transfer->db, value->kind, value->id, error))
        return FALSE;
    }
    if (values == NULL || !dispute_edited (transfer, children[i], row->id, error))
      return FALSE;
  }

  return TRUE;
}
