/* SPDX-License-Identifier: GPL-3.0-or-later
 * The last part of a sign-up address or of a post's file name, made from a title. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HALL_SLUG_LONGEST 60

char    *hall_slug_from_title (const char *title);
gboolean hall_slug_is_valid   (const char *slug);

G_END_DECLS
