/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where tokens are kept: the desktop's keyring, or for a demo's desk the memory of this process. */
#pragma once

#include "app/hall-problem.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define HALL_TYPE_KEYRING (hall_keyring_get_type ())
G_DECLARE_FINAL_TYPE (HallKeyring, hall_keyring, HALL, KEYRING, GObject)

HallKeyring *hall_keyring_new      (void);
void         hall_keyring_remember (HallKeyring   *self,
                                    const char    *account,
                                    const char    *token);
gboolean     hall_keyring_remembers (HallKeyring *self,
                                    const char    *account);
gboolean     hall_keyring_store    (HallKeyring   *self,
                                    const char    *account,
                                    const char    *name,
                                    const char    *token,
                                    GCancellable  *cancellable,
                                    GError       **error);
char        *hall_keyring_look_up  (HallKeyring   *self,
                                    const char    *account,
                                    GCancellable  *cancellable,
                                    GError       **error);
gboolean     hall_keyring_clear    (HallKeyring   *self,
                                    const char    *account,
                                    GCancellable  *cancellable,
                                    GError       **error);

G_END_DECLS
