/* SPDX-License-Identifier: GPL-3.0-or-later
 * Errors in words for people: what happened, what is safe, what to do. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HALL_APP_ERROR (hall_app_error_quark ())

typedef enum {
  HALL_APP_ERROR_WRONG_USE,  /* what was asked for makes no sense; the message is a whole sentence for people */
  HALL_APP_ERROR_NOT_FOUND,
  HALL_APP_ERROR_EXISTS,     /* there is one already */
  HALL_APP_ERROR_KEYRING,    /* the keyring is locked or not there */
  HALL_APP_ERROR_FILE,       /* a file that cannot be read or written */
  HALL_APP_ERROR_DESK,       /* the desk for trying things out does not start */
  HALL_APP_ERROR_NO_ACCOUNT, /* there is nobody to exchange with */
} HallAppError;

GQuark hall_app_error_quark (void);

char *hall_problem_say      (const GError *error);
char *hall_problem_say_of   (const GError *error,
                             const char   *account,
                             gboolean      is_one_of_several,
                             gint64        not_before);
char *hall_problem_say_time (gint64        when);

G_END_DECLS
