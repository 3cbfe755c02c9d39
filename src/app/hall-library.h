/* SPDX-License-Identifier: GPL-3.0-or-later
 * A host's library, opened: everything else in the program is reached from here. */
#pragma once

#include "app/hall-courier.h"
#include "app/hall-demo-desk.h"
#include "app/hall-keyring.h"
#include "model/hall-clock.h"
#include "model/hall-id.h"
#include "model/hall-value.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define HALL_TYPE_LIBRARY (hall_library_get_type ())
G_DECLARE_FINAL_TYPE (HallLibrary, hall_library, HALL, LIBRARY, GObject)

/* Signals, on the main loop: "changed" (GStrv tables): rows of these tables are no longer what they were. */

char             *hall_library_default_path  (void);
void              hall_library_open_async    (const char           *path,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
/* The same with a clock, randomness and patience of the caller's own: for tests. */
void              hall_library_open_with_async (const char         *path,
                                              const HallClock      *clock,
                                              const HallRandom     *random,
                                              guint                 wait_seconds,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
HallLibrary      *hall_library_open_finish   (GAsyncResult         *result,
                                              GError              **error);
void              hall_library_close_async   (HallLibrary          *self,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
void              hall_library_close_finish  (HallLibrary          *self,
                                              GAsyncResult         *result);
const char       *hall_library_get_path      (HallLibrary          *self);
const HallClock  *hall_library_get_clock     (HallLibrary          *self);
HallCourier      *hall_library_get_courier   (HallLibrary          *self);

/* For this floor; the faces do without. */
HallStore        *hall_library_get_store     (HallLibrary          *self);
HallKeyring      *hall_library_get_keyring   (HallLibrary          *self);
HallDemoDesk     *hall_library_get_demo_desk (HallLibrary          *self);

/* New values get their id here. */
gpointer          hall_library_new_value     (HallLibrary          *self,
                                              const HallKind       *kind);
void              hall_library_get_async     (HallLibrary          *self,
                                              const HallKind       *kind,
                                              const char           *id,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gpointer          hall_library_get_finish    (HallLibrary          *self,
                                              GAsyncResult         *result,
                                              GError              **error);
/* Checks the value by hall-check.h first; nothing that fails there reaches the library. */
void              hall_library_save_async    (HallLibrary          *self,
                                              gconstpointer         value,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean          hall_library_save_finish   (HallLibrary          *self,
                                              GAsyncResult         *result,
                                              GError              **error);
void              hall_library_remove_async  (HallLibrary          *self,
                                              const HallKind       *kind,
                                              const char           *id,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean          hall_library_remove_finish (HallLibrary          *self,
                                              GAsyncResult         *result,
                                              GError              **error);
/* All values of one kind that belong to one parent (guests or questions of a chat; NULL for all chats, posts,
 * series, people, accounts), in the order a host reads them. Not for attendees: HallAttendeeList. */
void              hall_library_list_async    (HallLibrary          *self,
                                              const HallKind       *kind,
                                              const char           *parent,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GPtrArray        *hall_library_list_finish   (HallLibrary          *self,
                                              GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
