/* SPDX-License-Identifier: GPL-3.0-or-later
 * One sign-up for each chat and normalised address; seats until they are gone, then a waitlist. */
#include "server/hall-registrar.h"

#include "server/hall-desk-rows.h"

#include "model/hall-address.h"
#include "model/hall-question.h"

#include <string.h>

/**
 * hall_registrar_find:
 * @visit: the request being answered
 * @chat: id of a chat
 * @address_key: a normalised address
 * @attendee: (out) (transfer full) (nullable): who signed up with it, cancelled or not; NULL for nobody
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it could be looked for
 */
gboolean
hall_registrar_find (const HallVisit  *visit,
                     const char       *chat,
                     const char       *address_key,
                     HallAttendee    **attendee,
                     GError          **error)
{
  gpointer row;

  g_return_val_if_fail (visit != NULL && chat != NULL && address_key != NULL && attendee != NULL, FALSE);

  if (!hall_desk_rows_find (visit, &hall_attendee_kind, &row, error,
                            "WHERE chat = ? AND address_key = ?", "tt", chat, address_key))
    return FALSE;

  *attendee = row;
  return TRUE;
}

/**
 * hall_registrar_has_seat:
 * @visit: the request being answered
 * @chat: a chat
 * @has_seat: (out): whether somebody who signs up now gets a seat
 * @error: HALL_STORE_ERROR
 *
 * There is none while others wait, even when one has become free: the waitlist keeps its order.
 *
 * Returns: whether it could be told
 */
gboolean
hall_registrar_has_seat (const HallVisit  *visit,
                         const HallChat   *chat,
                         gboolean         *has_seat,
                         GError          **error)
{
  gint64 going, waiting;

  g_return_val_if_fail (visit != NULL && chat != NULL && has_seat != NULL, FALSE);

  *has_seat = TRUE;
  if (chat->capacity == 0)
    return TRUE;

  going = hall_database_get_int (visit->db, error, "SELECT count(*) FROM attendees WHERE chat = ? AND status = 'going'",
                                 "t", chat->parent.id);
  if (going < 0)
    return FALSE;
  waiting = hall_database_get_int (visit->db, error, "SELECT count(*) FROM attendees WHERE chat = ? AND status = 'waitlist'",
                                   "t", chat->parent.id);
  if (waiting < 0)
    return FALSE;

  *has_seat = going < chat->capacity && waiting == 0;
  return TRUE;
}

static gboolean
put (const HallVisit  *visit,
     gconstpointer     row,
     GError          **error)
{
  g_autofree char *mark = hall_desk_rows_put (visit, row, error);

  return mark != NULL;
}

static HallAttendee *
make_attendee (const HallVisit *visit,
               const HallChat  *chat,
               const char      *name,
               const char      *address,
               const char      *address_key)
{
  g_autofree char *id = hall_id_new (visit->now, visit->random);
  HallAttendee    *attendee = hall_value_new (&hall_attendee_kind, id);

  attendee->chat = g_strdup (chat->parent.id);
  attendee->name = g_strdup (name);
  attendee->address = g_strdup (address);
  attendee->address_key = g_strdup (address_key);
  attendee->signed_up_at = visit->now;

  return attendee;
}

/* The same question sent twice is one. */
static gboolean
ask (const HallVisit     *visit,
     const HallAttendee  *attendee,
     const char          *text,
     GError             **error)
{
  g_autoptr (HallQuestion) question = NULL;
  g_autofree char         *id = NULL;
  gint64                   asked;

  asked = hall_database_get_int (visit->db, error, "SELECT count(*) FROM questions WHERE attendee = ? AND text = ?", "tt",
                                 attendee->parent.id, text);
  if (asked != 0)
    return asked > 0;

  id = hall_id_new (visit->now, visit->random);
  question = hall_value_new (&hall_question_kind, id);
  question->chat = g_strdup (attendee->chat);
  question->attendee = g_strdup (attendee->parent.id);
  question->name = g_strdup (attendee->name);
  question->text = g_strdup (text);
  question->status = g_strdup ("open");
  question->asked_at = visit->now;

  return put (visit, question, error);
}

/**
 * hall_registrar_sign_up:
 * @visit: the request being answered
 * @chat: a chat that takes sign-ups
 * @name: who signs up, checked
 * @address: their mail address, checked
 * @question: (nullable): what they ask
 * @had_seat: (out): whether a newcomer gets a seat at this moment. It says nothing about this address, so
 *   that whoever types it cannot learn whether somebody has signed up with it
 * @error: HALL_STORE_ERROR
 *
 * Signs somebody up. An address that is signed up already keeps its name and its place, and only a new question
 * is added; one whose sign-up was cancelled is taken in again, at the end.
 *
 * Returns: whether it went well
 */
gboolean
hall_registrar_sign_up (const HallVisit  *visit,
                        const HallChat   *chat,
                        const char       *name,
                        const char       *address,
                        const char       *question,
                        gboolean         *had_seat,
                        GError          **error)
{
  g_autoptr (HallAttendee) known = NULL;
  g_autoptr (HallAttendee) attendee = NULL;
  g_autofree char         *address_key = NULL;

  g_return_val_if_fail (visit != NULL && chat != NULL && name != NULL && address != NULL && had_seat != NULL, FALSE);

  address_key = hall_address_normalise (address);
  if (!hall_registrar_has_seat (visit, chat, had_seat, error) ||
      !hall_registrar_find (visit, chat->parent.id, address_key, &known, error))
    return FALSE;

  if (known == NULL)
    attendee = make_attendee (visit, chat, name, address, address_key);
  else
    attendee = hall_value_copy (known);

  if (known == NULL || strcmp (known->status, "cancelled") == 0) {
    g_set_str (&attendee->status, *had_seat ? "going" : "waitlist");
    attendee->signed_up_at = visit->now;
    if (!put (visit, attendee, error))
      return FALSE;
  }

  return question == NULL || ask (visit, attendee, question, error);
}
