/* SPDX-License-Identifier: GPL-3.0-or-later
 * `hallway sync`. */
#include "cli/hall-sync-verbs.h"

#include "app/hall-problem.h"

#include <glib/gi18n.h>

/* The courier knows which account it was, and until when a service asked to be left alone. */
static void
fail (HallCall     *call,
      HallCourier  *courier,
      const GError *error)
{
  g_autofree char *problem = NULL;

  if (error->domain != HALL_APP_ERROR && error->domain != G_IO_ERROR)
    g_object_get (courier, "problem", &problem, NULL);

  if (problem == NULL) {
    hall_call_fail (call, error);
    return;
  }

  hall_terminal_complain (&call->terminal, "%s", problem);
  hall_call_finish (call, HALL_EXIT_FAILED);
}

static void
on_synced (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  HallCall          *call = user_data;
  HallCourierResult  totals;
  g_autoptr (GError) error = NULL;

  if (!hall_courier_sync_finish (HALL_COURIER (object), result, &totals, &error)) {
    fail (call, HALL_COURIER (object), error);
    return;
  }

  hall_terminal_say (&call->terminal, _("Sent %u, received %u"), totals.sent, totals.received);
  if (totals.conflicts > 0)
    hall_terminal_complain (&call->terminal,
                            ngettext ("%u thing was changed in both places. Both versions are safe; see "
                                      "hallway conflict list.",
                                      "%u things were changed in both places. Both versions are safe; see "
                                      "hallway conflict list.", totals.conflicts), totals.conflicts);
  else if (totals.parked > 0)
    hall_terminal_complain (&call->terminal,
                            ngettext ("The service refused %u edit. It is safe here; see hallway outbox list.",
                                      "The service refused %u edits. They are safe here; see hallway outbox list.",
                                      totals.parked), totals.parked);

  hall_call_finish (call, totals.conflicts + totals.parked > 0 ? HALL_EXIT_WAITS : HALL_EXIT_DONE);
}

static void
run (HallCall *call)
{
  hall_courier_sync_async (hall_library_get_courier (call->library), NULL, on_synced, call);
}

static const HallOption no_options[] = {
  { NULL, 0 },
};

const HallVerb hall_sync_verbs[] = {
  { "sync", NULL, "", N_("Exchange with the registration service now"), no_options, 0, 0, run },
  { NULL, NULL, NULL, NULL, NULL, 0, 0, NULL },
};
