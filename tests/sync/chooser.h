/* SPDX-License-Identifier: GPL-3.0-or-later
 * Conflicts for tests: Ben's, who exchanges after Ann, and his choices. */
#pragma once

#include "sync/hall-choices.h"
#include "town.h"

G_BEGIN_DECLS

HallChat *chooser_rename_on_both  (Town           *town);
HallChat *chooser_delete_there    (Town           *town);
HallChat *chooser_delete_here     (Town           *town);

void      chooser_choose_by_id    (Host           *host,
                                   const char     *conflict,
                                   HallChoice      choice,
                                   gconstpointer   edited);
char     *chooser_choose          (Host           *host,
                                   gconstpointer   row,
                                   HallChoice      choice,
                                   gconstpointer   edited);
void      chooser_undo            (Host           *host,
                                   const char     *conflict);
void      chooser_refuse_undo     (Host           *host,
                                   const char     *conflict);

void      chooser_assert_title    (Host           *host,
                                   const char     *chat,
                                   const char     *title);
void      chooser_assert_all_have (Town           *town,
                                   const HallChat *chat,
                                   const char     *title);
void      chooser_assert_children (Host           *host,
                                   gint64          guests,
                                   gint64          attendees,
                                   gint64          questions);

G_END_DECLS
