/* SPDX-License-Identifier: GPL-3.0-or-later
 * The error domain of this floor. */
#include "sync/hall-sync-error.h"

/**
 * hall_sync_error_quark:
 *
 * The domain of #HallSyncError. Every message is one sentence or more for people, translated.
 *
 * Returns: the quark
 */
G_DEFINE_QUARK (hall-sync-error-quark, hall_sync_error)
