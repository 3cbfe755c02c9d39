/* SPDX-License-Identifier: GPL-3.0-or-later
 * People who do not exist, and what they would ask. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char       *hall_demo_people_name     (guint number);
char       *hall_demo_people_address  (guint number);
const char *hall_demo_people_question (guint number);

G_END_DECLS
