/* SPDX-License-Identifier: GPL-3.0-or-later
 * The pause after a failure is written in the transaction that ends the exchange, so that a program killed right
 * after it does not come back too soon. */
#include "sync/hall-outcome.h"

#include "model/hall-account.h"
#include "store/hall-accounts.h"
#include "store/hall-pauses.h"
#include "store/hall-rows.h"
#include "sync/hall-backoff.h"

#include <glib/gi18n.h>

static void
tell_until (GError    **trouble,
            gint64      moment)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (moment);
  g_autoptr (GDateTime) here = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char      *clock = here != NULL ? g_date_time_format (here, "%H:%M") : NULL;

  g_set_error (trouble, HALL_SYNC_ERROR, HALL_SYNC_ERROR_RETRY_LATER,
               _("The service asked to be left alone until %s. Everything saved here is safe and is sent then."),
               clock != NULL ? clock : "?");
}

/**
 * hall_outcome_may_begin:
 * @transfer: an exchange that has not begun
 * @trouble: (out): why it must not: the service named a time before which it wants no request, not even one that the
 *   host asks for; %HALL_SYNC_ERROR_RETRY_LATER
 * @error: HALL_STORE_ERROR
 *
 * A pause that the service did not ask for binds only whoever goes by itself, so it is not looked at here.
 *
 * Returns: whether it could be told
 */
gboolean
hall_outcome_may_begin (HallTransfer  *transfer,
                        GError       **trouble,
                        GError       **error)
{
  HallPause pause;

  g_return_val_if_fail (transfer != NULL && trouble != NULL, FALSE);

  if (!hall_pauses_get (transfer->db, transfer->account, &pause, error))
    return FALSE;

  if (pause.asked && hall_pause_holds (&pause, hall_clock_now (transfer->clock)))
    tell_until (trouble, pause.ends_at);

  return TRUE;
}

/**
 * hall_outcome_still_there:
 * @transfer: an exchange
 * @trouble: (out): set when its account was removed meanwhile; %HALL_SYNC_ERROR_REJECTED
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it could be told
 */
gboolean
hall_outcome_still_there (HallTransfer  *transfer,
                          GError       **trouble,
                          GError       **error)
{
  g_autoptr (HallValue) account = NULL;
  g_autoptr (GError)    fault = NULL;

  g_return_val_if_fail (transfer != NULL && trouble != NULL, FALSE);

  account = hall_rows_get (transfer->db, &hall_account_kind, transfer->account, &fault);
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }

  if (account == NULL)
    g_set_error_literal (trouble, HALL_SYNC_ERROR, HALL_SYNC_ERROR_REJECTED,
                         _("This account was removed while Hallway was at its service, so the exchange ended there. "
                           "What is in the library stays."));

  return TRUE;
}

/**
 * hall_outcome_note_success:
 * @transfer: an exchange in which everything was exchanged
 * @error: HALL_STORE_ERROR
 *
 * Returns: whether it went well
 */
gboolean
hall_outcome_note_success (HallTransfer  *transfer,
                           GError       **error)
{
  g_return_val_if_fail (transfer != NULL, FALSE);

  return hall_accounts_set_synced (transfer->db, transfer->account, hall_clock_now (transfer->clock), error) &&
         hall_pauses_drop (transfer->db, transfer->account, error);
}

/**
 * hall_outcome_note_trouble:
 * @transfer: an exchange that ends before its time
 * @trouble: why
 * @wish: microseconds the service wants to be left alone; 0 when it named none
 * @error: HALL_STORE_ERROR
 *
 * Only the service itself can have a wish: what a portal says in its place binds nobody.
 * Begins a pause. An exchange that got something done is a first failure, however many there were before it. When the
 * host ended it nothing is noted: that says nothing of the service.
 *
 * Returns: whether it went well
 */
gboolean
hall_outcome_note_trouble (HallTransfer  *transfer,
                           const GError  *trouble,
                           gint64         wish,
                           GError       **error)
{
  gint64    now;
  HallPause pause;

  g_return_val_if_fail (transfer != NULL && trouble != NULL, FALSE);

  if (trouble->domain != HALL_SYNC_ERROR)
    return TRUE;
  if (!hall_pauses_get (transfer->db, transfer->account, &pause, error))
    return FALSE;

  now = hall_clock_now (transfer->clock);
  if (!g_error_matches (trouble, HALL_SYNC_ERROR, HALL_SYNC_ERROR_RETRY_LATER))
    wish = 0;
  if (transfer->result.sent + transfer->result.received > 0)
    pause.failures = 0;
  pause.failures = MIN (pause.failures + 1, G_MAXINT32);
  pause.begun_at = now;
  pause.ends_at = now + hall_backoff_draw (pause.failures, wish, hall_random_mark (transfer->random));
  pause.asked = wish > 0;
  pause.refused = trouble->code == HALL_SYNC_ERROR_AUTH;

  return hall_pauses_put (transfer->db, transfer->account, &pause, error);
}
