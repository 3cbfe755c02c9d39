/* SPDX-License-Identifier: GPL-3.0-or-later
 * What hangs on a row that comes back: a chat's guests, attendees and questions, as they were here or as they
 * arrived meanwhile, and the rows that had to let go of it. */
#include "sync/hall-row-return.h"

#include "format/hall-wire.h"
#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-guest.h"
#include "model/hall-question.h"
#include "store/hall-edits.h"
#include "store/hall-history.h"
#include "sync/hall-arrival.h"
#include "sync/hall-dispute.h"
#include "sync/hall-merge.h"
#include "sync/hall-row-parents.h"
#include "sync/hall-row-state.h"

/* Attendees before those who ask. */
static const HallKind *const children[] = { &hall_guest_kind, &hall_attendee_kind, &hall_question_kind };

/* What was unsent of a row when it went along with its chat. */
typedef struct {
  gboolean   is_there;
  HallValue *base; /* what the edits began with; absent when no service knew the row */
} Aside;

static void
clear_aside (Aside *aside)
{
  g_clear_pointer (&aside->base, hall_value_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Aside, clear_aside)

static gboolean
find_aside (HallTransfer    *transfer,
            const HallKind  *kind,
            const char      *id,
            Aside           *aside,
            GError         **error)
{
  g_autoptr (HallStatement) statement = NULL;
  const char               *json;

  statement = hall_database_prepare (transfer->db, "SELECT base FROM set_aside WHERE kind = ? AND id = ?", error);
  if (statement == NULL)
    return FALSE;

  hall_statement_bind (statement, "tt", kind->name, id);
  if (!hall_statement_step (statement, &aside->is_there, error))
    return FALSE;

  json = aside->is_there ? hall_statement_get_text (statement, 0) : NULL;
  if (json != NULL)
    aside->base = hall_wire_read (kind, json, -1, HALL_WIRE_ALL, error);

  return json == NULL || aside->base != NULL;
}

/* @sql: with the name of @kind as ?1, @id as ?2 and the account as ?3 */
static GPtrArray *
list_ids (HallTransfer    *transfer,
          const char      *sql,
          const HallKind  *kind,
          const char      *id,
          GError         **error)
{
  g_autoptr (GPtrArray)     ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HallStatement) statement = hall_database_prepare (transfer->db, sql, error);
  gboolean                  has_row;

  if (statement == NULL)
    return NULL;

  hall_statement_bind (statement, "ttt", kind->name, id, transfer->account);
  do {
    if (!hall_statement_step (statement, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add (ids, g_strdup (hall_statement_get_text (statement, 0)));
  } while (has_row);

  return g_steal_pointer (&ids);
}

/* Of one kind: what the service has of the chat, and what went along with it here; but not what the host has
 * removed by itself, nor what is still to be decided. */
static char *
children_query (const HallKind  *kind,
                HallReturnScope  scope)
{
  return g_strdup_printf (
    "SELECT id FROM (SELECT id FROM bases WHERE kind = ?1 AND account = ?3 AND json_extract (json, '$.chat') = ?2 "
    "  UNION SELECT id FROM history AS h WHERE kind = ?1 AND along_with = ?2 "
    "    AND NOT EXISTS (SELECT 1 FROM history AS later "
    "      WHERE later.kind = h.kind AND later.id = h.id AND later.number > h.number) %s) AS c "
    "WHERE NOT EXISTS (SELECT 1 FROM %s AS r WHERE r.id = c.id) "
    "AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.kind = ?1 AND o.id = c.id AND o.verb = 'remove') "
    "AND NOT EXISTS (SELECT 1 FROM conflicts AS f WHERE f.kind = ?1 AND f.row_id = c.id) ORDER BY id",
    scope == HALL_RETURN_ALL ? "" : "AND EXISTS (SELECT 1 FROM set_aside AS s WHERE s.kind = h.kind AND s.id = h.id)",
    kind->plural);
}

/* The row is here as it last was, with edits the service has not heard of. */
static gboolean
rejoin (HallTransfer    *transfer,
        const HallKind  *kind,
        const char      *id,
        const Aside     *aside,
        HallReturnScope  scope,
        GError         **error)
{
  g_auto (HallRowState) row = { 0 };

  if (!hall_row_state_load (&row, transfer->db, kind, id, error))
    return FALSE;
  if (row.mine == NULL)
    return TRUE;

  if (row.base != NULL)
    return hall_arrival_merge (transfer, &row, aside->base, row.base, row.mark, error);

  /* The service has deleted it meanwhile, and not just because it deleted the chat. */
  return aside->base == NULL || scope == HALL_RETURN_ALL ||
         hall_dispute_open (transfer, &row, aside->base, row.mine, NULL, error);
}

static gboolean
return_child (HallTransfer    *transfer,
              const HallKind  *kind,
              const char      *id,
              HallReturnScope  scope,
              GError         **error)
{
  g_auto (HallRowState) row = { 0 };
  g_auto (Aside)        aside = { 0 };
  g_autoptr (HallValue) last = NULL;
  g_autoptr (GError)    fault = NULL;
  gboolean              is_unsent;

  if (!hall_row_state_load (&row, transfer->db, kind, id, error) || !find_aside (transfer, kind, id, &aside, error))
    return FALSE;

  last = hall_history_find_removed (transfer->db, kind, id, &fault);
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }

  is_unsent = last != NULL && (aside.is_there || row.base == NULL);
  if (!is_unsent && row.base == NULL)
    return TRUE;

  return hall_arrival_adopt (transfer, &row, is_unsent ? last : row.base, last, error) &&
         (!is_unsent || rejoin (transfer, kind, id, &aside, scope, error)) &&
         hall_row_return_review (transfer, kind, id, error);
}

static gboolean
return_children (HallTransfer     *transfer,
                 const char       *chat,
                 HallReturnScope   scope,
                 GError          **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (children); i++) {
    g_autofree char      *sql = children_query (children[i], scope);
    g_autoptr (GPtrArray) ids = list_ids (transfer, sql, children[i], chat, error);

    for (guint j = 0; ids != NULL && j < ids->len; j++)
      if (!return_child (transfer, children[i], g_ptr_array_index (ids, j), scope, error))
        return FALSE;
    if (ids == NULL)
      return FALSE;
  }

  return hall_database_run (transfer->db, error, "DELETE FROM set_aside WHERE chat = ?", "t", chat);
}

/* Rows that let go of the row when it was removed name it again: those the service still has so, and those for
 * which that was the last thing that happened. */
static gboolean
regain (HallTransfer    *transfer,
        const HallKind  *kind,
        const char      *id,
        GError         **error)
{
  const HallKind       *child;
  const HallField      *field = hall_row_parents_find_loose (kind, &child);
  g_autofree char      *sql = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  if (field == NULL)
    return TRUE;

  sql = g_strdup_printf (
    "SELECT id FROM %1$s AS r WHERE %2$s IS NULL "
    "AND (EXISTS (SELECT 1 FROM bases AS b WHERE b.kind = ?1 AND b.id = r.id AND b.account = ?3 "
    "    AND json_extract (b.json, '$.%2$s') = ?2) "
    "  OR (SELECT json_extract (h.before, '$.%2$s') FROM history AS h WHERE h.kind = ?1 AND h.id = r.id "
    "    ORDER BY h.number DESC LIMIT 1) = ?2)", child->plural, field->name);
  ids = list_ids (transfer, sql, child, id, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++) {
    const char           *each = g_ptr_array_index (ids, i);
    g_auto (HallRowState) row = { 0 };
    g_autoptr (HallValue) value = NULL;

    if (!hall_row_state_load (&row, transfer->db, child, each, error))
      return FALSE;
    value = hall_value_copy (row.mine);
    hall_value_set_text (value, field, id);
    if (!hall_edits_save (transfer->db, value, transfer->clock, transfer->random, error) ||
        (row.conflict == NULL && !hall_row_return_review (transfer, child, each, error)))
      return FALSE;
  }

  return ids != NULL;
}

/**
 * hall_row_return_others:
 * @transfer: an exchange
 * @kind: a kind
 * @id: id of a row that has just come back into the library
 * @scope: whether to bring back also what no service has any more
 * @error: HALL_STORE_ERROR
 *
 * Brings back what went along with the row when it was removed here, and what has arrived for it since and could
 * not stand without it. Edits that were unsent then wait again, merged with what the service says by now.
 *
 * Returns: whether it went well
 */
gboolean
hall_row_return_others (HallTransfer     *transfer,
                        const HallKind   *kind,
                        const char       *id,
                        HallReturnScope   scope,
                        GError          **error)
{
  g_return_val_if_fail (transfer != NULL && kind != NULL && id != NULL, FALSE);

  return (kind != &hall_chat_kind || return_children (transfer, id, scope, error)) &&
         regain (transfer, kind, id, error);
}

/**
 * hall_row_return_review:
 * @transfer: an exchange
 * @kind: a kind
 * @id: id of a row, which need not be in the library; not one in conflict
 * @error: HALL_STORE_ERROR
 *
 * Sees to it that what waits to be sent of the row is what makes the service have it as it is here: nothing when
 * both have the same. What may have been sent stays as it is, and more comes after it.
 *
 * Returns: whether it went well
 */
gboolean
hall_row_return_review (HallTransfer    *transfer,
                        const HallKind  *kind,
                        const char      *id,
                        GError         **error)
{
  g_auto (HallRowState) row = { 0 };
  HallOperationVerb     verb;

  g_return_val_if_fail (transfer != NULL && kind != NULL && id != NULL, FALSE);

  if (!hall_row_state_load (&row, transfer->db, kind, id, error))
    return FALSE;
  if (row.conflict != NULL)
    return TRUE;

  if (hall_row_state_is_frozen (row.newest)) {
    verb = row.newest->verb == HALL_OPERATION_REMOVE ? HALL_OPERATION_CREATE : HALL_OPERATION_CHANGE;
    return row.mine == NULL ||
           hall_outbox_add (transfer->db, transfer->account, kind, id, verb, transfer->clock, transfer->random, error);
  }

  if (row.mine != NULL && row.base != NULL ? !hall_merge_has_edits (row.base, row.mine)
                                           : row.mine == NULL && row.base == NULL)
    return row.newest == NULL || hall_row_state_is_frozen (row.first) ||
           hall_outbox_drop (transfer->db, row.newest->order, error);

  verb = row.mine == NULL ? HALL_OPERATION_REMOVE : row.base != NULL ? HALL_OPERATION_CHANGE : HALL_OPERATION_CREATE;
  if (row.newest == NULL)
    return hall_outbox_add (transfer->db, transfer->account, kind, id, verb, transfer->clock, transfer->random, error);

  return (row.newest->state == HALL_OPERATION_QUEUED && row.newest->verb == verb) ||
         hall_outbox_renew (transfer->db, row.newest->order, verb, transfer->clock, transfer->random, error);
}

/**
 * hall_row_return_offer:
 * @transfer: an exchange
 * @chat: id of a chat that is here and that the service is to have again
 * @error: HALL_STORE_ERROR
 *
 * Whatever is here of the chat and that the service does not know goes into the outbox, unless it waits already.
 *
 * Returns: whether it went well
 */
gboolean
hall_row_return_offer (HallTransfer  *transfer,
                       const char    *chat,
                       GError       **error)
{
  g_return_val_if_fail (transfer != NULL && chat != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (children); i++) {
    g_autoptr (GPtrArray) ids = NULL;
    g_autofree char      *sql = NULL;

    sql = g_strdup_printf ("SELECT id FROM %s AS r WHERE chat = ?2 AND ?3 IS NOT NULL "
                           "AND NOT EXISTS (SELECT 1 FROM bases AS b WHERE b.kind = ?1 AND b.id = r.id) "
                           "AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.kind = ?1 AND o.id = r.id) ORDER BY row",
                           children[i]->plural);
    ids = list_ids (transfer, sql, children[i], chat, error);
    for (guint j = 0; ids != NULL && j < ids->len; j++)
      if (!hall_outbox_add (transfer->db, transfer->account, children[i], g_ptr_array_index (ids, j),
                            HALL_OPERATION_CREATE, transfer->clock, transfer->random, error))
        return FALSE;
    if (ids == NULL)
      return FALSE;
  }

  return TRUE;
}

/**
 * hall_row_return_noted:
 * @transfer: an exchange that begins
 * @error: HALL_STORE_ERROR
 *
 * A host who brings a chat back by saving it again brings back the row alone. The rest follows here, unless the
 * removal may have reached the service before that.
 *
 * Returns: whether it went well
 */
gboolean
hall_row_return_noted (HallTransfer  *transfer,
                       GError       **error)
{
  g_autoptr (GPtrArray) chats = NULL;

  g_return_val_if_fail (transfer != NULL, FALSE);

  chats = list_ids (transfer,
                    "SELECT chat FROM returned AS r WHERE account = ?3 AND ?2 IS NULL AND NOT EXISTS (SELECT 1 "
                    "FROM outbox AS o WHERE o.kind = ?1 AND o.id = r.chat AND o.verb = 'remove') ORDER BY chat",
                    &hall_chat_kind, NULL, error);

  for (guint i = 0; chats != NULL && i < chats->len; i++) {
    const char           *chat = g_ptr_array_index (chats, i);
    g_auto (HallRowState) row = { 0 };

    if (!hall_row_state_load (&row, transfer->db, &hall_chat_kind, chat, error) ||
        (row.mine != NULL && row.base != NULL && !return_children (transfer, chat, HALL_RETURN_KNOWN, error)) ||
        !hall_database_run (transfer->db, error, "DELETE FROM returned WHERE chat = ?", "t", chat))
      return FALSE;
  }

  return chats != NULL;
}
