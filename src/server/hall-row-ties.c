/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rules that need to know the other rows. */
#include "server/hall-row-ties.h"

#include "server/hall-desk-rows.h"
#include "server/hall-fault.h"
#include "server/hall-refusal.h"
#include "server/hall-registrar.h"
#include "server/hall-versions.h"

#include "format/hall-wire.h"
#include "model/hall-address.h"
#include "model/hall-guest.h"
#include "model/hall-question.h"
#include "model/hall-series.h"

#include <string.h>

static const struct {
  const HallKind *child;
  const char     *field;
  const HallKind *parent;
  gboolean        is_fixed; /* a row never moves to another parent */
} ties[] = {
  { &hall_chat_kind,     "series",   &hall_series_kind,   FALSE },
  { &hall_guest_kind,    "chat",     &hall_chat_kind,     TRUE },
  { &hall_attendee_kind, "chat",     &hall_chat_kind,     TRUE },
  { &hall_question_kind, "chat",     &hall_chat_kind,     TRUE },
  { &hall_question_kind, "attendee", &hall_attendee_kind, FALSE },
};

/**
 * hall_row_ties_complete:
 * @visit: the request being answered
 * @row: a value that was sent
 * @before: (nullable): the row as it is; NULL when it is new
 *
 * Fills in what a client may leave to the desk: when it came, and the normalised address, which the desk always
 * works out itself.
 */
void
hall_row_ties_complete (const HallVisit *visit,
                        gpointer         row,
                        gconstpointer    before)
{
  const HallValue *value = row;

  g_return_if_fail (visit != NULL && value != NULL);

  if (value->kind == &hall_attendee_kind) {
    HallAttendee       *attendee = row;
    const HallAttendee *old = before;

    g_free (attendee->address_key);
    attendee->address_key = hall_address_normalise (attendee->address);
    if (attendee->signed_up_at == 0)
      attendee->signed_up_at = old != NULL ? old->signed_up_at : visit->now;
  } else if (value->kind == &hall_question_kind) {
    HallQuestion       *question = row;
    const HallQuestion *old = before;

    if (question->asked_at == 0)
      question->asked_at = old != NULL ? old->asked_at : visit->now;
  }
}

static HallReply *
refuse_field (const char *field,
              const char *detail)
{
  g_autoptr (GPtrArray) faults = hall_faults_new ();
  g_autofree char      *pointer = g_strconcat ("/", field, NULL);

  hall_faults_add (faults, pointer, detail);
  return hall_refusal_new_invalid (faults);
}

static gboolean
check_parents (const HallVisit  *visit,
               const HallValue  *row,
               const HallValue  *before,
               HallReply       **refusal,
               GError          **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (ties); i++) {
    g_autoptr (HallValue) parent = NULL;
    const HallField      *field;
    const char           *id;
    gpointer              found;

    if (ties[i].child != row->kind)
      continue;

    field = hall_kind_find_field (row->kind, ties[i].field);
    id = hall_value_get_text (row, field);
    if (ties[i].is_fixed && before != NULL && !hall_value_same_field (row, before, field)) {
      *refusal = refuse_field (ties[i].field, "cannot change");
      return TRUE;
    }
    if (id == NULL)
      continue;

    if (!hall_desk_rows_get (visit, ties[i].parent, id, &found, error))
      return FALSE;
    parent = found;
    if (parent == NULL) {
      g_autofree char *detail = g_strdup_printf ("There is no %s with the id in “%s”", ties[i].parent->name, ties[i].field);

      *refusal = hall_refusal_new (HALL_PROBLEM_PARENT_MISSING, detail);
      return TRUE;
    }
    if (row->kind == &hall_question_kind && parent->kind == &hall_attendee_kind &&
        strcmp (((HallAttendee *) parent)->chat, ((const HallQuestion *) row)->chat) != 0) {
      *refusal = refuse_field (ties[i].field, "has signed up for another chat");
      return TRUE;
    }
  }

  return TRUE;
}

static gboolean
check_slug (const HallVisit  *visit,
            const HallChat   *chat,
            HallReply       **refusal,
            GError          **error)
{
  gint64 n = hall_database_get_int (visit->db, error, "SELECT count(*) FROM chats WHERE slug = ? AND id <> ?", "tt",
                                    chat->slug, chat->parent.id);

  if (n > 0)
    *refusal = hall_refusal_new (HALL_PROBLEM_SLUG_TAKEN, NULL);

  return n >= 0;
}

static gboolean
check_address (const HallVisit     *visit,
               const HallAttendee  *attendee,
               HallReply          **refusal,
               GError             **error)
{
  g_autoptr (HallAttendee) other = NULL;
  g_autofree char         *json = NULL;
  g_autofree char         *mark = NULL;
  HallVersion              version;

  if (!hall_registrar_find (visit, attendee->chat, attendee->address_key, &other, error))
    return FALSE;
  if (other == NULL || strcmp (other->parent.id, attendee->parent.id) == 0)
    return TRUE;
  if (!hall_versions_find (visit, &hall_attendee_kind, other->parent.id, &version, &mark, error))
    return FALSE;

  json = hall_wire_write (other, HALL_WIRE_ALL);
  *refusal = hall_refusal_new_current (HALL_PROBLEM_ATTENDEE_EXISTS, NULL, json, mark);

  return TRUE;
}

/**
 * hall_row_ties_check:
 * @visit: the request being answered
 * @row: a value that keeps the rules of hall_row_rules_check()
 * @before: (nullable): the row as it is; NULL when it is new
 * @refusal: (out) (transfer full) (nullable): why it cannot be taken; NULL when it can
 * @error: HALL_STORE_ERROR
 *
 * Checks that its parents are there, that it stays with them, and that its slug or its address is not another's.
 *
 * Returns: whether it could be checked
 */
gboolean
hall_row_ties_check (const HallVisit  *visit,
                     gconstpointer     row,
                     gconstpointer     before,
                     HallReply       **refusal,
                     GError          **error)
{
  const HallValue *value = row;

  g_return_val_if_fail (visit != NULL && value != NULL && refusal != NULL, FALSE);

  *refusal = NULL;
  if (!check_parents (visit, row, before, refusal, error))
    return FALSE;
  if (*refusal != NULL)
    return TRUE;

  if (value->kind == &hall_chat_kind)
    return check_slug (visit, row, refusal, error);
  if (value->kind == &hall_attendee_kind)
    return check_address (visit, row, refusal, error);

  return TRUE;
}

/**
 * hall_row_ties_seat:
 * @visit: the request being answered
 * @row: a new value that may be taken
 * @error: HALL_STORE_ERROR
 *
 * Puts a new attendee who wants to go on the waitlist when there is no seat. Changes nothing else.
 *
 * Returns: whether it could be told
 */
gboolean
hall_row_ties_seat (const HallVisit  *visit,
                    gpointer          row,
                    GError          **error)
{
  HallValue           *value = row;
  HallAttendee        *attendee = row;
  g_autoptr (HallChat) chat = NULL;
  gpointer             found;
  gboolean             has_seat;

  g_return_val_if_fail (visit != NULL && value != NULL, FALSE);

  if (value->kind != &hall_attendee_kind || strcmp (attendee->status, "going") != 0)
    return TRUE;

  if (!hall_desk_rows_get (visit, &hall_chat_kind, attendee->chat, &found, error))
    return FALSE;
  chat = found;
  if (!hall_registrar_has_seat (visit, chat, &has_seat, error))
    return FALSE;
  if (!has_seat)
    g_set_str (&attendee->status, "waitlist");

  return TRUE;
}

/**
 * hall_row_ties_nth_field:
 * @kind: a kind
 * @n: counted from 0
 *
 * Returns: (transfer none) (nullable): the name of its field that names a parent, the @n-th of those; NULL after
 *   the last
 */
const char *
hall_row_ties_nth_field (const HallKind *kind,
                         guint           n)
{
  g_return_val_if_fail (kind != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ties); i++)
    if (ties[i].child == kind && n-- == 0)
      return ties[i].field;

  return NULL;
}
