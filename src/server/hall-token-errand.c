/* SPDX-License-Identifier: GPL-3.0-or-later
 * A desk that is running has its database for itself, so it is asked; otherwise the database is opened here. */
#include "server/hall-token-errand.h"

#include "server/hall-control.h"
#include "server/hall-desk-folder.h"
#include "server/hall-desk.h"
#include "server/hall-token-commands.h"

#include <string.h>

/* How long a desk may take to start or to stop: then it has the folder, and does not listen. */
#define MOMENTS (10 * G_TIME_SPAN_SECOND)
#define MOMENT (50 * G_TIME_SPAN_MILLISECOND)

G_DEFINE_QUARK (hall-token-errand, hall_token_errand_error)

static char *
do_it_here (HallDeskFolder  *folder,
            const char      *command,
            GError         **error)
{
  g_autoptr (HallDesk)     desk = hall_desk_new ("http://localhost", &hall_clock_system, &hall_random_system);
  g_autoptr (HallDatabase) db = hall_desk_open (hall_desk_folder_get_database_path (folder), error);

  return db != NULL ? hall_token_commands_obey (desk, db, command) : NULL;
}

static char *
find_answer (const char  *path,
             const char  *command,
             GError     **error)
{
  g_autoptr (HallDeskFolder) folder = hall_desk_folder_open (path, error);
  gint64                     end = g_get_monotonic_time () + MOMENTS;

  if (folder == NULL)
    return NULL;

  for (;;) {
    g_autoptr (GError) busy = NULL;
    char              *answer;

    if (hall_desk_folder_lock (folder, &busy))
      return do_it_here (folder, command, error);
    if (!g_error_matches (busy, HALL_STORE_ERROR, HALL_STORE_ERROR_BUSY) || g_get_monotonic_time () > end) {
      g_propagate_error (error, g_steal_pointer (&busy));
      return NULL;
    }

    answer = hall_control_ask (folder, command, NULL);
    if (answer != NULL)
      return answer;

    g_usleep (MOMENT);
  }
}

/**
 * hall_token_errand_run:
 * @path: a desk's folder; made when it is not there
 * @command: a command of server/hall-token-commands.h
 * @error: HALL_STORE_ERROR and GIO errors about the folder; %HALL_TOKEN_ERRAND_ERROR with the desk's words when
 *   it refused
 *
 * Has a command obeyed, and waits for the answer.
 *
 * Returns: (transfer full): the lines that were answered, perhaps none; NULL with @error set
 */
char *
hall_token_errand_run (const char  *path,
                       const char  *command,
                       GError     **error)
{
  g_autofree char *answer = NULL;

  g_return_val_if_fail (path != NULL && command != NULL, NULL);

  answer = find_answer (path, command, error);
  if (answer == NULL)
    return NULL;
  if (g_str_has_prefix (answer, "ok\n"))
    return g_strdup (answer + strlen ("ok\n"));

  g_set_error_literal (error, HALL_TOKEN_ERRAND_ERROR, 0,
                       g_str_has_prefix (answer, "no\n") ? g_strchomp (answer + strlen ("no\n")) : answer);
  return NULL;
}
