/* SPDX-License-Identifier: GPL-3.0-or-later
 * The English words for days, months and spans of time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int hall_when_words_weekday (const char *word);
int hall_when_words_month   (const char *word);
int hall_when_words_minutes (const char *word);

G_END_DECLS
