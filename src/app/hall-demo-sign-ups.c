/* SPDX-License-Identifier: GPL-3.0-or-later
 * With the host's token over the API, so that the desk's limits for the public stay what they are. */
#include "app/hall-demo-sign-ups.h"

#include "app/hall-demo-people.h"
#include "format/hall-wire.h"
#include "model/hall-address.h"
#include "model/hall-attendee.h"
#include "model/hall-chat.h"
#include "model/hall-question.h"
#include "model/hall-wall-time.h"
#include "sync/hall-http.h"

#include <string.h>

/* How they spread over the chats, of a hundred: most come this week, some have planned ahead. */
static const guint shares[] = { 12, 9, 14, 11, 26, 13, 9, 6 };

static const HallChat *
choose_chat (GPtrArray *chats,
             guint      number)
{
  guint left = number * 37 % 100; /* 37 and 100 have nothing in common: every hundred people take each share */

  for (guint i = 0; i < chats->len; i++) {
    guint share = i < G_N_ELEMENTS (shares) ? shares[i] : 1;

    if (left < share)
      return g_ptr_array_index (chats, i);
    left -= share;
  }

  return g_ptr_array_index (chats, number % chats->len);
}

/* Some time in the two weeks before the chat, and never later than now. */
static gint64
choose_moment (const HallChat *chat,
               guint           number,
               gint64          now)
{
  gint64 start;
  gint64 last;

  hall_wall_time_to_moment (chat->wall, chat->zone, chat->fold, &start);
  last = MIN (start, now);

  return last - (gint64) (number * 7919 % (14 * 24 * 60)) * G_TIME_SPAN_MINUTE;
}

static HallAttendee *
make_attendee (const HallChat   *chat,
               guint             number,
               gint64            now,
               const HallRandom *random)
{
  g_autofree char *id = hall_id_new (now, random);
  HallAttendee    *attendee = hall_value_new (&hall_attendee_kind, id);

  attendee->chat = g_strdup (chat->parent.id);
  attendee->name = hall_demo_people_name (number);
  attendee->address = hall_demo_people_address (number);
  attendee->address_key = hall_address_normalise (attendee->address);
  attendee->status = g_strdup ("going");
  attendee->signed_up_at = choose_moment (chat, number, now);

  return attendee;
}

static HallQuestion *
make_question (const HallAttendee *attendee,
               const char         *text,
               gint64              now,
               const HallRandom   *random)
{
  g_autofree char *id = hall_id_new (now, random);
  HallQuestion    *question = hall_value_new (&hall_question_kind, id);

  question->chat = g_strdup (attendee->chat);
  question->attendee = g_strdup (attendee->parent.id);
  question->name = g_strdup (attendee->name);
  question->text = g_strdup (text);
  question->status = g_strdup ("open");
  question->asked_at = attendee->signed_up_at;

  return question;
}

/* known tells that the desk has such a row from an earlier time, which is as good. */
static gboolean
put (HallHttp       *http,
     gconstpointer   value,
     gboolean       *known,
     GCancellable   *cancellable,
     GError        **error)
{
  const HallValue          *row = value;
  g_autofree char          *path = g_strdup_printf ("/v1/%s/%s", row->kind->plural, row->id);
  g_autofree char          *json = hall_wire_write (value, HALL_WIRE_AS_CLIENT);
  g_autoptr (HallRequest)   request = hall_request_new ("PUT", path);
  g_autoptr (HallReply)     reply = NULL;

  hall_headers_set (request->headers, "Content-Type", "application/json");
  hall_headers_set (request->headers, "If-None-Match", "*");
  hall_headers_set (request->headers, "Idempotency-Key", row->id);
  request->body = g_bytes_new (json, strlen (json));

  reply = hall_http_exchange (http, request, cancellable, error);
  if (reply == NULL)
    return FALSE;

  *known = reply->status == 409;
  if (*known || reply->status / 100 == 2)
    return TRUE;

  g_set_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_REJECTED, "The desk answered a sign-up with %u", reply->status);
  return FALSE;
}

static gboolean
sign_up (HallHttp         *http,
         const HallChat   *chat,
         guint             number,
         gint64            now,
         const HallRandom *random,
         GCancellable     *cancellable,
         GError          **error)
{
  g_autoptr (HallAttendee) attendee = make_attendee (chat, number, now, random);
  g_autoptr (HallQuestion) question = NULL;
  const char              *text = hall_demo_people_question (number);
  gboolean                 known;

  if (!put (http, attendee, &known, cancellable, error))
    return FALSE;
  if (known || text == NULL)
    return TRUE;

  question = make_question (attendee, text, now, random);
  return put (http, question, &known, cancellable, error);
}

/**
 * hall_demo_sign_ups_send:
 * @desk_url: the desk's address
 * @token: a host's token
 * @chats: (element-type HallChat): what they sign up for
 * @clock: says what time it is
 * @random: for their ids
 * @signed_up: called on this thread after each of them
 * @error: %HALL_SYNC_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Whoever has signed up before, when this was stopped in the middle, is passed over.
 *
 * Returns: whether all have signed up
 */
gboolean
hall_demo_sign_ups_send (const char        *desk_url,
                         const char        *token,
                         GPtrArray         *chats,
                         const HallClock   *clock,
                         const HallRandom  *random,
                         HallDemoSignedUp   signed_up,
                         gpointer           data,
                         GCancellable      *cancellable,
                         GError           **error)
{
  g_autoptr (HallHttp) http = NULL;

  g_return_val_if_fail (desk_url != NULL && token != NULL && signed_up != NULL, FALSE);
  g_return_val_if_fail (chats != NULL && chats->len > 0, FALSE);

  http = hall_http_new (desk_url, token, HALL_HTTP_DEADLINE, error);
  if (http == NULL)
    return FALSE;

  for (guint number = 0; number < HALL_DEMO_SIGN_UPS; number++) {
    if (!sign_up (http, choose_chat (chats, number), number, hall_clock_now (clock), random, cancellable, error))
      return FALSE;
    signed_up (number + 1, data);
  }

  return TRUE;
}
