/* SPDX-License-Identifier: GPL-3.0-or-later
 * Complaints on the standard error, one line each. */
#include "server/hall-complaint.h"

#include "store/hall-store-error.h"

#include <glib/gi18n.h>
#include <stdlib.h>

enum {
  EXIT_WRONG_USE = 2,
};

/* What happened, what is safe, what to do: for each way in which the folder can fail. */
static char *
explain_folder (const char   *folder,
                const GError *error)
{
  if (error->domain != HALL_STORE_ERROR)
    return g_strdup_printf (_("The folder %s cannot be used: %s."), folder, error->message);

  switch ((HallStoreError) error->code) {
  case HALL_STORE_ERROR_BUSY:
    return g_strdup_printf (_("Another hallwayd is using the folder %s. Stop that one, or choose another folder."), folder);
  case HALL_STORE_ERROR_READ_ONLY:
    return g_strdup_printf (_("The folder %s may not be written. Choose one that belongs to this user."), folder);
  case HALL_STORE_ERROR_FULL:
    return g_strdup_printf (_("There is no room left on the disk of %s. Nothing was changed; make room and start again."), folder);
  case HALL_STORE_ERROR_TOO_NEW:
    return g_strdup_printf (_("%s/desk.sqlite was written by a newer hallwayd. It was left as it is; start that newer version."), folder);
  case HALL_STORE_ERROR_NOT_LIBRARY:
    return g_strdup_printf (_("%s/desk.sqlite is not a database of hallwayd. It was left as it is; choose another folder."), folder);
  case HALL_STORE_ERROR_CORRUPT:
    return g_strdup_printf (_("%s/desk.sqlite is damaged. It was left as it is; bring back a copy of it from a backup."), folder);
  case HALL_STORE_ERROR_EXISTS:
  case HALL_STORE_ERROR_NOT_FOUND:
  case HALL_STORE_ERROR_FAILED:
  default:
    return g_strdup_printf (_("The folder %s cannot be used: %s."), folder, error->message);
  }
}

/**
 * hall_complaint_print:
 * @sentence: what happened, what is safe, what to do
 *
 * Returns: the program's exit status
 */
int
hall_complaint_print (const char *sentence)
{
  g_return_val_if_fail (sentence != NULL, EXIT_FAILURE);

  g_printerr ("hallwayd: %s\n", sentence);
  return EXIT_FAILURE;
}

/**
 * hall_complaint_print_use:
 * @sentence: what is wrong with the command line
 *
 * Returns: the program's exit status
 */
int
hall_complaint_print_use (const char *sentence)
{
  g_return_val_if_fail (sentence != NULL, EXIT_WRONG_USE);

  g_printerr (_("hallwayd: %s See “hallwayd --help”."), sentence);
  g_printerr ("\n");
  return EXIT_WRONG_USE;
}

/**
 * hall_complaint_print_folder:
 * @folder: a desk's folder
 * @error: why it cannot be used
 *
 * Returns: the program's exit status
 */
int
hall_complaint_print_folder (const char   *folder,
                             const GError *error)
{
  g_autofree char *sentence = NULL;

  g_return_val_if_fail (folder != NULL && error != NULL, EXIT_FAILURE);

  sentence = explain_folder (folder, error);
  return hall_complaint_print (sentence);
}
