/* SPDX-License-Identifier: GPL-3.0-or-later
 * The registration services the host uses: what there is, adding one, removing one. */
#pragma once

#include "ui/hall-keeper.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HALL_TYPE_ACCOUNTS_DIALOG (hall_accounts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HallAccountsDialog, hall_accounts_dialog, HALL, ACCOUNTS_DIALOG, AdwDialog)

HallAccountsDialog *hall_accounts_dialog_new (HallKeeper *keeper);

G_END_DECLS
