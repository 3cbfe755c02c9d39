/* SPDX-License-Identifier: GPL-3.0-or-later
 * What this program is. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void hall_about_present (GtkWidget *parent);

G_END_DECLS
