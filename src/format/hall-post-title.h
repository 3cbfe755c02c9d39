/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a post is called that does not say so itself. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *hall_post_title_guess (const char *body,
                             const char *file_name);

G_END_DECLS
