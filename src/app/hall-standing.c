/* SPDX-License-Identifier: GPL-3.0-or-later
 * The line at the foot of the sidebar, put together from what is known; it never says more than that. */
#include "app/hall-standing.h"

#include "app/hall-problem.h"
#include "store/hall-store-error.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

static char *
say_waiting (guint waiting)
{
  return g_strdup_printf (ngettext ("%u edit waiting", "%u edits waiting", waiting), waiting);
}

static char *
say_exchange (const HallStanding *self)
{
  switch (self->phase) {
  case HALL_SYNC_RECEIVING:
    if (self->total > 0)
      return g_strdup_printf (_("Receiving %u of %u"), self->done, self->total);
    return self->done > 0 ? g_strdup_printf (_("Receiving %u"), self->done) : g_strdup (_("Receiving"));
  case HALL_SYNC_SENDING:
    return self->total > 0 ? g_strdup_printf (_("Sending %u of %u"), self->done, self->total) : g_strdup (_("Sending"));
  case HALL_SYNC_CONNECTING:
  default:
    return g_strdup (_("Connecting to the service"));
  }
}

static const char *
name_trouble (const GError *trouble)
{
  if (trouble->domain == HALL_APP_ERROR)
    return trouble->code == HALL_APP_ERROR_KEYRING ? _("Saved. The keyring does not give the token")
                                                   : _("Saved. The sample desk does not start");
  if (trouble->domain != HALL_SYNC_ERROR)
    return _("Saved. The last exchange failed");

  switch ((HallSyncError) trouble->code) {
  case HALL_SYNC_ERROR_AUTH:
    return _("Saved. The service does not accept the token");
  case HALL_SYNC_ERROR_RETRY_LATER:
    return _("Saved. The service cannot answer right now");
  case HALL_SYNC_ERROR_REJECTED:
    return _("Saved. The service refused");
  case HALL_SYNC_ERROR_INSECURE:
    return _("Saved. No safe connection to the service");
  case HALL_SYNC_ERROR_NONSENSE:
    return _("Saved. Something else answers at the service’s address");
  case HALL_SYNC_ERROR_OFFLINE:
  default:
    return _("Saved. Cannot reach the service");
  }
}

static char *
say_next_try (const HallStanding *self,
              const char         *said)
{
  g_autofree char *time = NULL;

  if (self->next_try_at == 0)
    return g_strdup (said);

  time = hall_problem_say_time (self->next_try_at);
  /* Translators: %s is what there was to say before, without its full stop; then a time such as 15:32 */
  return g_strdup_printf (_("%s. Trying again at %s"), said, time);
}

/* What is the matter, what waits, and when it goes on. */
static char *
say_halted (const HallStanding *self,
            const char         *matter)
{
  g_autofree char *waiting = NULL;
  g_autofree char *both = NULL;

  if (self->waiting == 0)
    return say_next_try (self, matter);

  waiting = say_waiting (self->waiting);
  /* Translators: "Saved. Cannot reach the service; 3 edits waiting" */
  both = g_strdup_printf (_("%s; %s"), matter, waiting);

  return say_next_try (self, both);
}

static char *
say_trouble (const HallStanding *self)
{
  g_autofree char *named = NULL;

  if (self->troubled == NULL)
    return say_halted (self, name_trouble (self->trouble));

  /* Translators: what is the matter, and the name of the account it is the matter with */
  named = g_strdup_printf (_("%s (%s)"), name_trouble (self->trouble), self->troubled);

  return say_halted (self, named);
}

static char *
say_when (gint64 synced_at,
          gint64 now)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char      *day = NULL;
  gint64                minutes = (now - synced_at) / G_TIME_SPAN_MINUTE;

  if (minutes < 1)
    return g_strdup (_("Saved. All sent just now"));
  if (minutes < 60)
    return g_strdup_printf (_("Saved. All sent %d min ago"), (int) minutes);
  if (minutes < 24 * 60)
    return g_strdup_printf (_("Saved. All sent %d h ago"), (int) (minutes / 60));

  utc = g_date_time_new_from_unix_utc_usec (synced_at);
  local = g_date_time_to_local (utc);
  /* Translators: a day without its year, "23 May" */
  day = g_date_time_format (local, _("%-d %B"));
  return g_strdup_printf (_("Saved. All sent on %s"), day);
}

/**
 * hall_standing_say:
 * @self: how things stand
 * @now: microseconds since 1970 in UTC
 *
 * Any thread.
 *
 * Returns: (transfer full): one short line for people, without a full stop at its end
 */
char *
hall_standing_say (const HallStanding *self,
                   gint64              now)
{
  g_autofree char *waiting = NULL;
  g_autofree char *waits = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->unsaved != NULL)
    return g_strdup (g_error_matches (self->unsaved, HALL_STORE_ERROR, HALL_STORE_ERROR_FULL)
                       ? _("Not saved: the disk is full") : _("The last edit is not saved"));
  if (self->saving > 0)
    return g_strdup (_("Saving"));
  if (self->exchanging)
    return say_exchange (self);
  if (self->accounts == 0)
    return g_strdup (_("Saved. No account yet"));
  if (self->offline)
    return say_halted (self, _("Saved. No network"));
  if (self->trouble != NULL)
    return say_trouble (self);
  if (self->asks)
    return say_halted (self, _("Saved. Metered network, so only synced when you ask"));
  if (self->conflicts > 0)
    return g_strdup_printf (_("Saved. Changed in both places: %u"), self->conflicts);
  if (self->parked > 0)
    return g_strdup_printf (ngettext ("Saved. %u edit was refused", "Saved. %u edits were refused", self->parked),
                            self->parked);
  if (self->waiting > 0) {
    waiting = say_waiting (self->waiting);
    waits = g_strdup_printf (_("Saved. %s"), waiting);
    return say_next_try (self, waits);
  }
  if (self->synced_at == 0)
    return g_strdup (_("Saved. Not yet exchanged with the service"));

  return say_when (self->synced_at, now);
}
