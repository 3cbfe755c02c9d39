/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two people's changes of one long text, joined line by line. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *hall_text_merge (const char *base,
                       const char *mine,
                       const char *theirs);

G_END_DECLS
