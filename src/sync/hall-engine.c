/* SPDX-License-Identifier: GPL-3.0-or-later
 * The state machine of an exchange. It reaches neither network nor disk on its own: each step runs inside a
 * transaction of the caller. An engine whose transaction failed is thrown away; the library knows how to go on. */
#include "sync/hall-engine.h"

#include "sync/hall-backoff.h"
#include "sync/hall-intake.h"
#include "sync/hall-outcome.h"
#include "sync/hall-outgoing.h"
#include "sync/hall-reply-check.h"
#include "sync/hall-row-return.h"
#include "sync/hall-settlement.h"

/* An operation that came too late is made anew after the news and sent again, at most so often in one exchange. */
#define MOST_ROUNDS 6

typedef enum {
  STEP_BEGIN,
  STEP_SESSION,
  STEP_SETTLE, /* operations that got no answer last time: only then is it known what came of them */
  STEP_PULL,
  STEP_PUSH,   /* and then STEP_PULL again, until nothing is left to send */
  STEP_DONE,
} Step;

struct _HallEngine {
  char          *account;
  HallTransfer   transfer;
  Step           step;
  GError        *trouble; /* why the exchange ends before its time */
  gint64         wish;    /* microseconds the service wants to be left alone */
  gboolean       is_noted; /* how it ended is in the library, or is not to be */

  HallIntake    *intake;

  HallOperation *operation; /* the one that is on its way */
  gint64         after;
  guint          round;
  guint          n_in_round;
  guint          n_sent;
  guint          n_sent_before_news;
  guint          n_to_send;
};

/* Only a service that answers, but is ill or talks nonsense about one operation, is worth asking for anything else;
 * and not when it wants to be left alone. */
static gboolean
ends_everything (HallEngine   *self,
                 const GError *trouble)
{
  if (self->wish > 0)
    return TRUE;

  return !g_error_matches (trouble, HALL_SYNC_ERROR, HALL_SYNC_ERROR_RETRY_LATER) &&
         !g_error_matches (trouble, HALL_SYNC_ERROR, HALL_SYNC_ERROR_NONSENSE);
}

static void
stop (HallEngine   *self,
      const GError *trouble)
{
  if (self->trouble == NULL)
    self->trouble = g_error_copy (trouble);
  self->step = STEP_DONE;
}

/* Before the first request. A pause that runs already is no failure of this exchange. */
static gboolean
begin (HallEngine  *self,
       GError     **error)
{
  g_autoptr (GError) trouble = NULL;

  if (!hall_outcome_may_begin (&self->transfer, &trouble, error) ||
      !hall_row_return_noted (&self->transfer, error))
    return FALSE;

  self->step = STEP_SESSION;
  if (trouble != NULL) {
    self->is_noted = TRUE;
    stop (self, trouble);
  }

  return TRUE;
}

/* The first thing in every transaction: without the account nothing of what is on its way can be kept. */
static gboolean
look_for_account (HallEngine  *self,
                  GError     **error)
{
  g_autoptr (GError) trouble = NULL;

  if (!hall_outcome_still_there (&self->transfer, &trouble, error))
    return FALSE;

  if (trouble != NULL && self->step != STEP_DONE) {
    g_clear_pointer (&self->operation, hall_operation_free);
    g_clear_error (&self->trouble);
    self->is_noted = TRUE;
    stop (self, trouble);
  }

  return TRUE;
}

/* The last thing in every transaction. */
static gboolean
note_end (HallEngine  *self,
          GError     **error)
{
  if (self->step != STEP_DONE || self->is_noted)
    return TRUE;

  self->is_noted = TRUE;
  if (self->trouble == NULL)
    return hall_outcome_note_success (&self->transfer, error);

  return hall_outcome_note_trouble (&self->transfer, self->trouble, self->wish, error);
}

static gboolean
begin_push (HallEngine  *self,
            GError     **error)
{
  gint64 n = hall_outbox_count (self->transfer.db, self->account, FALSE, error);

  if (n < 0)
    return FALSE;

  self->step = STEP_PUSH;
  self->transfer.is_behind = FALSE;
  self->n_sent_before_news = self->n_sent;
  self->n_to_send = self->n_sent + n;
  self->n_in_round = 0;
  self->after = 0;

  return TRUE;
}

/* An upload that failed does not stop the download, and is not tried again in this exchange. */
static gboolean
end_pull (HallEngine  *self,
          GError     **error)
{
  if (self->trouble == NULL && self->round < MOST_ROUNDS)
    return begin_push (self, error);

  self->step = STEP_DONE;
  return TRUE;
}

/* What waited for another operation may be ready now; what came too late is ready after the news. */
static void
end_round (HallEngine *self)
{
  self->round++;
  self->after = 0;

  if (self->n_in_round > 0 && !self->transfer.is_behind && self->round < MOST_ROUNDS) {
    self->n_in_round = 0;
  } else if (self->n_sent > self->n_sent_before_news) {
    hall_intake_begin (self->intake);
    self->step = STEP_PULL;
  } else {
    self->step = STEP_DONE;
  }
}

static gboolean
ask_for_news (HallEngine   *self,
              HallRequest **request,
              GError      **error)
{
  return hall_intake_ask (self->intake, &self->transfer, request, error) &&
         (*request != NULL || end_pull (self, error));
}

/* Fills in *request, or goes on to another step. */
static gboolean
ask_for_operation (HallEngine         *self,
                   HallOutgoingScope   scope,
                   HallRequest       **request,
                   GError            **error)
{
  if (!hall_outgoing_next (&self->transfer, scope, &self->after, &self->operation, error))
    return FALSE;

  if (self->operation != NULL) {
    self->n_in_round++;
    *request = self->transfer.remote->ask_operation (self->operation);
  } else if (scope == HALL_OUTGOING_UNANSWERED) {
    self->step = STEP_PULL;
  } else {
    end_round (self);
  }

  return TRUE;
}

static gboolean
take_news (HallEngine       *self,
           const HallReply  *reply,
           GError          **error)
{
  g_autoptr (GError) trouble = NULL;

  if (!hall_intake_take (self->intake, &self->transfer, reply, &trouble, error))
    return FALSE;
  if (trouble != NULL)
    stop (self, trouble);

  return TRUE;
}

static void
take_session (HallEngine      *self,
              const HallReply *reply)
{
  g_autoptr (GError) trouble = NULL;

  if (self->transfer.remote->read_session (reply, &trouble))
    self->step = STEP_SETTLE;
  else
    stop (self, trouble);
}

/* Nobody knows what came of the operation that was on its way. It will be sent again, as it is. */
static gboolean
lose_operation (HallEngine    *self,
                const GError  *trouble,
                GError       **error)
{
  g_autoptr (HallOperation) operation = g_steal_pointer (&self->operation);

  if (self->step == STEP_SETTLE && !ends_everything (self, trouble)) {
    self->trouble = g_error_copy (trouble);
    self->step = STEP_PULL;
  } else {
    stop (self, trouble);
  }

  return hall_outbox_set_state (self->transfer.db, operation->order, HALL_OPERATION_UNKNOWN, NULL, error);
}

static gboolean
take_verdict (HallEngine       *self,
              const HallReply  *reply,
              GError          **error)
{
  g_autoptr (HallOperation) operation = NULL;
  g_autoptr (HallVerdict)   verdict = NULL;
  g_autoptr (GError)        trouble = NULL;

  verdict = self->transfer.remote->read_verdict (self->operation, reply, &trouble);
  if (verdict == NULL)
    return lose_operation (self, trouble, error);

  operation = g_steal_pointer (&self->operation);
  self->n_sent++;

  return hall_settlement_apply (&self->transfer, operation, verdict, error);
}

static gboolean
take (HallEngine       *self,
      const HallReply  *reply,
      const GError     *failure,
      GError          **error)
{
  if (reply != NULL && hall_reply_check_is_ill (reply))
    self->wish = hall_backoff_read_wish (reply->headers, hall_clock_now (self->transfer.clock));

  if (self->operation != NULL)
    return reply != NULL ? take_verdict (self, reply, error) : lose_operation (self, failure, error);

  if (reply == NULL)
    stop (self, failure);
  else if (self->step == STEP_SESSION)
    take_session (self, reply);
  else
    return take_news (self, reply, error);

  return TRUE;
}

/**
 * hall_engine_new:
 * @account: id of the account
 * @remote: how to speak with its service
 * @clock: what time it is; must outlive the engine
 * @random: for ids; must outlive the engine
 *
 * Returns: (transfer full): an exchange that has not begun
 */
HallEngine *
hall_engine_new (const char       *account,
                 const HallRemote *remote,
                 const HallClock  *clock,
                 const HallRandom *random)
{
  HallEngine *self;

  g_return_val_if_fail (account != NULL && remote != NULL, NULL);
  g_return_val_if_fail (clock != NULL && random != NULL, NULL);

  self = g_new0 (HallEngine, 1);
  self->account = g_strdup (account);
  self->intake = hall_intake_new ();
  self->transfer = (HallTransfer) {
    .account = self->account, .remote = remote, .clock = clock, .random = random,
  };

  return self;
}

/**
 * hall_engine_free:
 * @self: (transfer full) (nullable): an exchange, at its end or not
 *
 * An operation that is on its way stays in the library as one whose outcome is not known.
 */
void
hall_engine_free (HallEngine *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->intake, hall_intake_free);
  g_clear_pointer (&self->operation, hall_operation_free);
  g_clear_error (&self->trouble);
  g_free (self->account);
  g_free (self);
}

/**
 * hall_engine_next:
 * @self: an exchange
 * @db: the library, in a writing transaction that must be committed before the request is sent
 * @request: (out) (transfer full) (nullable): what to ask the service now; NULL when the exchange has ended
 * @error: HALL_STORE_ERROR; roll back and free the engine
 *
 * Must be followed by hall_engine_take() as long as there is a request.
 *
 * Returns: whether it went well
 */
gboolean
hall_engine_next (HallEngine    *self,
                  HallDatabase  *db,
                  HallRequest  **request,
                  GError       **error)
{
  gboolean went_well = TRUE;

  g_return_val_if_fail (self != NULL && db != NULL && request != NULL, FALSE);

  *request = NULL;
  self->transfer.db = db;
  if (!look_for_account (self, error))
    return FALSE;

  while (went_well && *request == NULL && self->step != STEP_DONE)
    switch (self->step) {
    case STEP_BEGIN:
      went_well = begin (self, error);
      break;
    case STEP_SESSION:
      *request = self->transfer.remote->ask_session ();
      break;
    case STEP_SETTLE:
      went_well = ask_for_operation (self, HALL_OUTGOING_UNANSWERED, request, error);
      break;
    case STEP_PUSH:
      went_well = ask_for_operation (self, HALL_OUTGOING_ALL, request, error);
      break;
    case STEP_PULL:
      went_well = ask_for_news (self, request, error);
      break;
    case STEP_DONE:
    default:
      g_assert_not_reached ();
    }

  return went_well && note_end (self, error);
}

/**
 * hall_engine_take:
 * @self: an exchange that has handed out a request
 * @db: the library, in a writing transaction
 * @reply: (nullable): what came back
 * @failure: (nullable): why nothing came back, when @reply is NULL
 * @error: HALL_STORE_ERROR; roll back and free the engine
 *
 * Brings what the service said into the library. Trouble with the service is no error here: what came before it
 * stays, the exchange ends, and hall_engine_get_trouble() tells why.
 *
 * Returns: whether it went well
 */
gboolean
hall_engine_take (HallEngine       *self,
                  HallDatabase     *db,
                  const HallReply  *reply,
                  const GError     *failure,
                  GError          **error)
{
  g_return_val_if_fail (self != NULL && db != NULL, FALSE);
  g_return_val_if_fail ((reply != NULL) != (failure != NULL), FALSE);
  g_return_val_if_fail (self->step != STEP_DONE, FALSE);

  self->transfer.db = db;

  return look_for_account (self, error) &&
         (self->step == STEP_DONE || take (self, reply, failure, error)) &&
         note_end (self, error);
}

/**
 * hall_engine_get_phase:
 * @self: an exchange
 * @done: (out): how much of this phase is behind it
 * @total: (out): how much there is; 0 when that is not known
 *
 * Returns: what it is doing
 */
HallSyncPhase
hall_engine_get_phase (HallEngine *self,
                       guint      *done,
                       guint      *total)
{
  HallSyncPhase phase = HALL_SYNC_CONNECTING;

  g_return_val_if_fail (self != NULL && done != NULL && total != NULL, HALL_SYNC_CONNECTING);

  *done = *total = 0;
  if (self->step == STEP_PULL) {
    phase = HALL_SYNC_RECEIVING;
    hall_intake_get_progress (self->intake, done, total);
  } else if (self->step > STEP_SESSION) {
    phase = HALL_SYNC_SENDING;
    *done = MIN (self->n_sent, self->n_to_send);
    *total = self->n_to_send;
  }

  return phase;
}

/**
 * hall_engine_get_result:
 * @self: an exchange
 *
 * Returns: (transfer none): what has come of it so far
 */
const HallSyncResult *
hall_engine_get_result (HallEngine *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->transfer.result;
}

/**
 * hall_engine_get_trouble:
 * @self: an exchange that has ended
 *
 * Returns: (transfer none) (nullable): why it ended before its time: a HALL_SYNC_ERROR, or the failure that was
 *   given to hall_engine_take(); NULL when everything was exchanged
 */
const GError *
hall_engine_get_trouble (HallEngine *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->trouble;
}
