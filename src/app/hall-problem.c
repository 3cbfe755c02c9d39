/* SPDX-License-Identifier: GPL-3.0-or-later
 * From an error of any floor to one or two sentences: what happened, what is safe, what to do. */
#include "app/hall-problem.h"

#include "format/hall-format-error.h"
#include "store/hall-store-error.h"
#include "sync/hall-sync-error.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

G_DEFINE_QUARK (hall-app-error-quark, hall_app_error)

static const char *
say_store_error (HallStoreError code)
{
  switch (code) {
  case HALL_STORE_ERROR_BUSY:
    return _("This library is in use by another Hallway. Nothing was changed. "
             "Close the other one, or try again in a moment.");
  case HALL_STORE_ERROR_NOT_LIBRARY:
    return _("This file is not a Hallway library. It was left as it is. Choose another file.");
  case HALL_STORE_ERROR_CORRUPT:
    return _("The library file is damaged. It was left as it is. "
             "Put a backup copy in its place, or open another library.");
  case HALL_STORE_ERROR_TOO_NEW:
    return _("This library was written by a newer Hallway. It was left as it is. "
             "Update Hallway to open it.");
  case HALL_STORE_ERROR_READ_ONLY:
    return _("This library may only be read, not written. Nothing was changed. "
             "Allow writing to the file and its folder, then try again.");
  case HALL_STORE_ERROR_FULL:
    return _("The disk is full, so the last change was not saved. What was saved before is safe. "
             "Make room on the disk, then try again.");
  case HALL_STORE_ERROR_EXISTS:
    return _("There is one like it already. Nothing was changed. Choose another name or address.");
  case HALL_STORE_ERROR_NOT_FOUND:
    return _("It is not in the library any more. Nothing was changed. Look at the list again.");
  case HALL_STORE_ERROR_FAILED:
  default:
    return _("The library could not be read or written. What was saved before is safe. "
             "Try again; if it happens again, look after the disk.");
  }
}

static const char *
say_sync_error (HallSyncError code)
{
  switch (code) {
  case HALL_SYNC_ERROR_AUTH:
    return _("The service does not accept the token. Everything saved here is safe. "
             "Make a new token at the service and set up the account again.");
  case HALL_SYNC_ERROR_RETRY_LATER:
    return _("The service cannot answer right now. Everything saved here is safe. "
             "Try again in a few minutes.");
  case HALL_SYNC_ERROR_REJECTED:
    return _("The service refused to do this. Everything saved here is safe. "
             "Ask whoever runs the service.");
  case HALL_SYNC_ERROR_INSECURE:
    return _("There is no safe connection to the service, so nothing was sent. Everything saved here is safe. "
             "Check that its address begins with https.");
  case HALL_SYNC_ERROR_NONSENSE:
    return _("What answered there is not a registration service, or it is broken. Everything saved here is safe. "
             "Check the address.");
  case HALL_SYNC_ERROR_OFFLINE:
  default:
    return _("The service cannot be reached. Everything saved here is safe. "
             "Check the network and the address, then try again.");
  }
}

/* What is wrong, and where, only the reader knows; the format floor words it for people. */
static char *
say_format_error (const GError *error)
{
  if (g_str_has_suffix (error->message, "."))
    return g_strdup_printf (_("%s Nothing was changed."), error->message);

  return g_strdup_printf (_("This could not be understood: %s. Nothing was changed."), error->message);
}

static const char *
say_file_error (GIOErrorEnum code)
{
  /* Only what a host can do something about has its own words. */
  switch ((int) code) {
  case G_IO_ERROR_NOT_FOUND:
    return _("This file or folder is not there. Nothing was changed. Check its name.");
  case G_IO_ERROR_PERMISSION_DENIED:
  case G_IO_ERROR_READ_ONLY:
    return _("This file or folder may not be read or written. Nothing was changed. "
             "Choose another, or allow access to it.");
  case G_IO_ERROR_EXISTS:
    return _("There is a file of this name already. It was left as it is. Choose another folder.");
  case G_IO_ERROR_IS_DIRECTORY:
  case G_IO_ERROR_NOT_REGULAR_FILE:
    return _("This is not a file but a folder or a device. Nothing was changed. Choose a file.");
  case G_IO_ERROR_NOT_DIRECTORY:
    return _("This is not a folder. Nothing was changed. Choose a folder.");
  case G_IO_ERROR_NO_SPACE:
    return _("The disk is full, so the file was not written. The library is safe. "
             "Make room on the disk, then try again.");
  case G_IO_ERROR_FILENAME_TOO_LONG:
  case G_IO_ERROR_INVALID_FILENAME:
    return _("A file cannot have this name. Nothing was changed. Choose another name.");
  case G_IO_ERROR_CANCELLED:
    return _("This was stopped. What was done before is safe. Start again whenever you like.");
  case G_IO_ERROR_TIMED_OUT:
    return _("This took too long and was given up. What was saved before is safe. Try again.");
  default:
    return _("A file could not be read or written. What was saved before is safe. "
             "Try again, or choose another place.");
  }
}

/**
 * hall_problem_say:
 * @error: an error of any floor
 *
 * Says what happened, what is safe and what to do, without the words of SQLite, HTTP or the operating system.
 *
 * Returns: (transfer full): one to three short sentences for people, on one line, in their language
 */
char *
hall_problem_say (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == HALL_APP_ERROR)
    return g_strdup (error->message);
  if (error->domain == HALL_STORE_ERROR)
    return g_strdup (say_store_error (error->code));
  if (error->domain == HALL_SYNC_ERROR)
    return g_strdup (say_sync_error (error->code));
  if (error->domain == HALL_FORMAT_ERROR)
    return say_format_error (error);
  if (error->domain == G_IO_ERROR)
    return g_strdup (say_file_error (error->code));

  return g_strdup (_("Something went wrong. What was saved before is safe. Try again."));
}

/**
 * hall_problem_say_of:
 * @error: why an exchange failed
 * @account: what the host calls the account
 * @is_one_of_several: whether there are other accounts
 * @not_before: until when the service asked to be left alone, in microseconds since 1970 in UTC; 0 when it did not
 *
 * As hall_problem_say(), with the account where a host has to know which.
 *
 * Returns: (transfer full): one to three short sentences for people, on one line, in their language
 */
char *
hall_problem_say_of (const GError *error,
                     const char   *account,
                     gboolean      is_one_of_several,
                     gint64        not_before)
{
  g_autofree char *sentence = NULL;
  g_autofree char *time = NULL;

  g_return_val_if_fail (error != NULL && account != NULL, NULL);

  if (g_error_matches (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_AUTH))
    return g_strdup_printf (_("The service does not accept the token of “%s”. Everything saved here is safe. "
                              "Make a new token at the service and give it to this account."), account);

  if (not_before > 0) {
    time = hall_problem_say_time (not_before);
    /* Translators: a time such as 15:32 */
    sentence = g_strdup_printf (_("The service asks to be left alone until %s. Everything saved here is safe. "
                                  "Sync again after that."), time);
  } else {
    sentence = hall_problem_say (error);
  }
  if (!is_one_of_several)
    return g_steal_pointer (&sentence);

  /* Translators: the name of an account, and what is the matter with it */
  return g_strdup_printf (_("“%s”: %s"), account, sentence);
}

/**
 * hall_problem_say_time:
 * @when: microseconds since 1970 in UTC
 *
 * Returns: (transfer full): the time of day on this computer's clock
 */
char *
hall_problem_say_time (gint64 when)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (when);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);

  /* Translators: a time of day, "15:32" */
  return g_date_time_format (local, _("%H:%M"));
}
