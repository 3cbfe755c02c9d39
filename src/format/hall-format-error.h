/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can be wrong with something that was to be read. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HALL_FORMAT_ERROR (hall_format_error_quark ())

typedef enum {
  HALL_FORMAT_ERROR_NOT_TEXT, /* bytes that are no UTF-8, or hold a NUL */
  HALL_FORMAT_ERROR_SYNTAX,   /* it is not in the form it claims; the message names the line where it can */
  HALL_FORMAT_ERROR_INVALID,  /* well formed, but says something that cannot be; the message names the field */
} HallFormatError;

GQuark hall_format_error_quark       (void);
char  *hall_format_error_dup_pointer (const GError *error);

G_END_DECLS
