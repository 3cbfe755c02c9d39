/* SPDX-License-Identifier: GPL-3.0-or-later
 * Times in words for the screen: the weekday always, the zone's short name, relative words only beside them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *hall_moment_text_full     (gint64      moment,
                                 gint64      minutes,
                                 const char *zone);
char *hall_moment_text_brief    (gint64      moment,
                                 const char *zone,
                                 gint64      now);
char *hall_moment_text_stamp    (gint64      moment,
                                 const char *zone,
                                 gint64      now);
char *hall_moment_text_there    (gint64      moment,
                                 const char *zone,
                                 const char *other);
char *hall_moment_text_relative (gint64      moment,
                                 gint64      minutes,
                                 gint64      now);
char *hall_moment_text_age      (gint64      moment,
                                 gint64      now);
char *hall_moment_text_edited   (gint64      moment,
                                 const char *zone,
                                 gint64      now);
char *hall_moment_text_place    (const char *zone);

G_END_DECLS
