/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was typed or thrown away on screen, until the library has it: nobody leaves before that. */
#pragma once

#include "app/hall-library.h"
#include "ui/hall-open-cases.h"

G_BEGIN_DECLS

#define HALL_TYPE_KEEPER (hall_keeper_get_type ())
G_DECLARE_FINAL_TYPE (HallKeeper, hall_keeper, HALL, KEEPER, GObject)

/* Signals: "flush" (): save now whatever is not saved; "hidden-changed" (const char *id): hall_keeper_hides()
 * answers otherwise than before; "trouble" (const char *sentence): something could not be saved or removed. */
HallKeeper    *hall_keeper_new            (HallLibrary *library,
                                           const char  *zone);
HallLibrary   *hall_keeper_get_library    (HallKeeper  *self);
const char    *hall_keeper_get_zone       (HallKeeper  *self);
gint64         hall_keeper_get_now        (HallKeeper  *self);
HallOpenCases *hall_keeper_get_open_cases (HallKeeper  *self);

void         hall_keeper_save          (HallKeeper          *self,
                                        gconstpointer        before,
                                        gconstpointer        after);
void         hall_keeper_begin         (HallKeeper          *self);
void         hall_keeper_end           (HallKeeper          *self,
                                        const GError        *error);

void         hall_keeper_hide          (HallKeeper          *self,
                                        const HallKind      *kind,
                                        const char          *id);
void         hall_keeper_bring_back    (HallKeeper          *self,
                                        const char          *id);
void         hall_keeper_remove_hidden (HallKeeper          *self,
                                        const char          *id);
gboolean     hall_keeper_hides         (HallKeeper          *self,
                                        const char          *id);

void         hall_keeper_settle_async  (HallKeeper          *self,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gboolean     hall_keeper_settle_finish (HallKeeper          *self,
                                        GAsyncResult        *result,
                                        GError             **error);

G_END_DECLS
