/* SPDX-License-Identifier: GPL-3.0-or-later
 * Accounts and their tokens: a row in the library, a secret in the keyring. */
#pragma once

#include "app/hall-library.h"
#include "model/hall-account.h"

G_BEGIN_DECLS

/* Asks the service with the token first; saves neither when it does not answer as it should. */
void         hall_connections_add_async     (HallLibrary         *library,
                                             const char          *name,
                                             const char          *url,
                                             const char          *token,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
void         hall_connections_add_demo_async (HallLibrary    *library,
                                             const char          *name,
                                             const char          *url,
                                             const char          *token,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
HallAccount *hall_connections_add_finish    (HallLibrary         *library,
                                             GAsyncResult        *result,
                                             GError             **error);
void         hall_connections_renew_async   (HallLibrary         *library,
                                             const char          *account,
                                             const char          *token,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
gboolean     hall_connections_renew_finish  (HallLibrary         *library,
                                             GAsyncResult        *result,
                                             GError             **error);
void         hall_connections_remove_async  (HallLibrary         *library,
                                             const char          *account,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
gboolean     hall_connections_remove_finish (HallLibrary         *library,
                                             GAsyncResult        *result,
                                             GError             **error);

G_END_DECLS
