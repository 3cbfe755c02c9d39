/* SPDX-License-Identifier: GPL-3.0-or-later
 * An open library: places, a list, the thing itself, in panes that fold. */
#pragma once

#include "ui/hall-keeper.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_BROWSER (hall_browser_get_type ())
G_DECLARE_FINAL_TYPE (HallBrowser, hall_browser, HALL, BROWSER, AdwBreakpointBin)

/* Places by name: "chats", "posts" or "people". */
void        hall_browser_open       (HallBrowser *self,
                                     HallKeeper  *keeper,
                                     const char  *place);
const char *hall_browser_get_place  (HallBrowser *self);
void        hall_browser_show_place (HallBrowser *self,
                                     const char  *place);
void        hall_browser_show_thing (HallBrowser *self,
                                     const char  *place,
                                     const char  *id);
void        hall_browser_bring_back (HallBrowser    *self,
                                     const HallKind *kind,
                                     const char     *id);
void        hall_browser_search     (HallBrowser *self);
void        hall_browser_write_post (HallBrowser *self,
                                     const char  *id);

G_END_DECLS
