/* SPDX-License-Identifier: GPL-3.0-or-later
 * What this program is. */
#include "config.h"

#include "ui/hall-about.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/**
 * hall_about_present:
 * @parent: (nullable): the window to show it in
 */
void
hall_about_present (GtkWidget *parent)
{
  AdwDialog *dialog = adw_about_dialog_new ();

  g_object_set (dialog,
                "application-name", _("Hallway"),
                "application-icon", HALL_APP_ID,
                "developer-name", _("The Hallway contributors"),
                "version", HALL_VERSION,
                "comments", _("Draft posts, schedule live chats, and see who comes and what they want to ask."),
                "license-type", GTK_LICENSE_GPL_3_0,
                /* Translators: your names, one on each line */
                "translator-credits", _("translator-credits"),
                NULL);
  adw_dialog_present (dialog, parent);
}
