/* SPDX-License-Identifier: GPL-3.0-or-later
 * Making room for a sign-up whose address another row holds, and finding the person who signed up. */
#include "sync/hall-attendee-arrival.h"

#include "format/hall-wire.h"
#include "model/hall-person.h"
#include "model/hall-question.h"
#include "store/hall-attendees.h"
#include "store/hall-bases.h"
#include "store/hall-history.h"
#include "store/hall-rows.h"
#include "sync/hall-dispute.h"
#include "sync/hall-row-state.h"

/* The newest name somebody gave is what they are called. */
static gboolean
rename_person (HallTransfer        *transfer,
               const char          *id,
               const HallAttendee  *attendee,
               GError             **error)
{
  g_autoptr (HallPerson) person = hall_rows_get (transfer->db, &hall_person_kind, id, error);
  g_autoptr (HallPerson) renamed = NULL;

  if (person == NULL)
    return FALSE;
  if (g_strcmp0 (person->name, attendee->name) == 0)
    return TRUE;

  renamed = hall_value_copy (person);
  g_set_str (&renamed->name, attendee->name);

  return hall_rows_put (transfer->db, renamed, error);
}

/* Whoever has this address is one person; a host may have put an attendee to another one, which stays. */
static gboolean
give_person (HallTransfer        *transfer,
             HallAttendee        *attendee,
             const HallAttendee  *before,
             GError             **error)
{
  g_autoptr (GError)     fault = NULL;
  g_autoptr (HallPerson) person = NULL;
  g_autofree char       *id = NULL;

  if (before != NULL && before->person != NULL && g_strcmp0 (before->address_key, attendee->address_key) == 0) {
    if (g_strcmp0 (before->name, attendee->name) == 0)
      return TRUE;
    return rename_person (transfer, before->person, attendee, error);
  }

  id = hall_attendees_find_person (transfer->db, attendee->address_key, &fault);
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }

  if (id != NULL) {
    g_set_str (&attendee->person, id);
    return rename_person (transfer, id, attendee, error);
  }

  id = hall_id_new (hall_clock_now (transfer->clock), transfer->random);
  person = hall_value_new (&hall_person_kind, id);
  person->name = g_strdup (attendee->name);
  person->address = g_strdup (attendee->address_key);
  g_set_str (&attendee->person, id);

  return hall_rows_put (transfer->db, person, error);
}

/* The key of a row that gives way is its id, which is nobody's address. */
static gboolean
step_aside (HallTransfer  *transfer,
            HallRowState  *row,
            GError       **error)
{
  g_autoptr (HallAttendee) aside = hall_value_copy (row->mine);

  g_set_str (&aside->address_key, row->id);

  return hall_rows_put (transfer->db, aside, error);
}

/* The service has given the address of this row to another one, so news of this row must still be on its way.
 * Its base steps aside with it: else that would look like an edit made here. */
static gboolean
await_news (HallTransfer  *transfer,
            HallRowState  *row,
            GError       **error)
{
  g_autoptr (HallAttendee) base = hall_value_copy (row->base);
  g_autofree char         *json = NULL;

  g_set_str (&base->address_key, row->id);
  json = hall_wire_write (base, HALL_WIRE_ALL);

  return hall_bases_put (transfer->db, transfer->account, row->kind, row->id, row->mark, json, error);
}

static gboolean make_room (HallTransfer        *transfer,
                           const HallAttendee  *attendee,
                           char               **replaced,
                           GError             **error);

/* The host has given this row an address that somebody else signed up with. It goes back to the address the
 * service knows, where another row may have to make room in its turn; and the host's version is kept as one side
 * of a conflict. */
static gboolean
give_back_address (HallTransfer  *transfer,
                   HallRowState  *row,
                   GError       **error)
{
  const HallAttendee      *base = (const HallAttendee *) row->base;
  g_autoptr (HallAttendee) restored = hall_value_copy (row->mine);
  g_autofree char         *replaced = NULL;

  g_set_str (&restored->address, base->address);
  g_set_str (&restored->address_key, base->address_key);

  return step_aside (transfer, row, error) &&
         make_room (transfer, restored, &replaced, error) &&
         hall_rows_put (transfer->db, restored, error) &&
         (replaced == NULL || hall_attendee_arrival_replace (transfer, replaced, row->id, error)) &&
         hall_dispute_open (transfer, row, base, row->mine, base, error);
}

/* Makes the key of @attendee free. *replaced is the row that must go once @attendee is there, if any. */
static gboolean
make_room (HallTransfer        *transfer,
           const HallAttendee  *attendee,
           char               **replaced,
           GError             **error)
{
  g_auto (HallRowState) row = { 0 };
  g_autoptr (GError)    fault = NULL;
  g_autofree char      *other = hall_attendees_find_signed_up (transfer->db, attendee->chat, attendee->address_key,
                                                               &fault);

  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }
  if (other == NULL || g_strcmp0 (other, attendee->parent.id) == 0)
    return TRUE;

  if (!hall_row_state_load (&row, transfer->db, &hall_attendee_kind, other, error))
    return FALSE;

  if (row.base == NULL)
    *replaced = g_steal_pointer (&other);
  else if (g_strcmp0 (((HallAttendee *) row.base)->address_key, attendee->address_key) != 0)
    return give_back_address (transfer, &row, error) && make_room (transfer, attendee, replaced, error);
  else if (!await_news (transfer, &row, error))
    return FALSE;

  return step_aside (transfer, &row, error);
}

static gboolean
hand_over_questions (HallTransfer  *transfer,
                     const char    *from,
                     const char    *to,
                     GError       **error)
{
  g_autoptr (GPtrArray) questions = hall_rows_list (transfer->db, &hall_question_kind, "WHERE attendee = ?", from, error);

  for (guint i = 0; questions != NULL && i < questions->len; i++) {
    g_autoptr (HallQuestion) question = hall_value_copy (g_ptr_array_index (questions, i));

    g_set_str (&question->attendee, to);
    if (!hall_rows_put (transfer->db, question, error))
      return FALSE;
  }

  return questions != NULL;
}

/* That somebody was there is known only to whoever checked them in. */
static gboolean
hand_over_check_in (HallTransfer        *transfer,
                    const HallAttendee  *from,
                    const char          *to,
                    GError             **error)
{
  g_auto (HallRowState)    row = { 0 };
  g_autoptr (HallAttendee) attended = NULL;

  if (!hall_row_state_load (&row, transfer->db, &hall_attendee_kind, to, error))
    return FALSE;
  if (!from->attended || row.mine == NULL || ((HallAttendee *) row.mine)->attended)
    return TRUE;

  attended = hall_value_copy (row.mine);
  attended->attended = TRUE;

  return hall_rows_put (transfer->db, attended, error) &&
         ((row.newest != NULL && !hall_row_state_is_frozen (row.newest)) ||
          hall_outbox_add (transfer->db, transfer->account, row.kind, row.id, HALL_OPERATION_CHANGE,
                           transfer->clock, transfer->random, error));
}

/**
 * hall_attendee_arrival_replace:
 * @transfer: an exchange
 * @id: an attendee made here, whom the service does not know
 * @by: the attendee of the same chat and address whom it does know; is in the library
 * @error: HALL_STORE_ERROR
 *
 * Puts the one in the place of the other: questions are handed over, a check-in as well, what waits to be sent
 * goes, and the history keeps what was there.
 *
 * Returns: whether it went well
 */
gboolean
hall_attendee_arrival_replace (HallTransfer  *transfer,
                               const char    *id,
                               const char    *by,
                               GError       **error)
{
  g_auto (HallRowState) row = { 0 };

  g_return_val_if_fail (transfer != NULL && id != NULL && by != NULL, FALSE);

  if (!hall_row_state_load (&row, transfer->db, &hall_attendee_kind, id, error))
    return FALSE;
  if (row.mine == NULL)
    return hall_row_state_drop_all (&row, transfer->db, error);

  return hand_over_questions (transfer, id, by, error) &&
         hand_over_check_in (transfer, (HallAttendee *) row.mine, by, error) &&
         hall_row_state_drop_all (&row, transfer->db, error) &&
         hall_history_add (transfer->db, HALL_HISTORY_SERVICE, row.mine, NULL, hall_clock_now (transfer->clock), error) &&
         hall_rows_remove (transfer->db, &hall_attendee_kind, id, error);
}

/**
 * hall_attendee_arrival_put:
 * @transfer: an exchange
 * @attendee: what a service told, merged with what is here; gets its person
 * @before: (nullable): the row as it is here
 * @error: HALL_STORE_ERROR
 *
 * Puts the row. If another one has its chat and address, that one gives way: the service lets an address sign up
 * only once, so it knows better.
 *
 * Returns: whether it went well
 */
gboolean
hall_attendee_arrival_put (HallTransfer        *transfer,
                           HallAttendee        *attendee,
                           const HallAttendee  *before,
                           GError             **error)
{
  g_autofree char *replaced = NULL;

  g_return_val_if_fail (transfer != NULL && attendee != NULL, FALSE);

  return make_room (transfer, attendee, &replaced, error) &&
         give_person (transfer, attendee, before, error) &&
         hall_rows_put (transfer->db, attendee, error) &&
         (replaced == NULL || hall_attendee_arrival_replace (transfer, replaced, attendee->parent.id, error));
}
