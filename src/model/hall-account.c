/* SPDX-License-Identifier: GPL-3.0-or-later
 * The fields of an account. */
#include "model/hall-account.h"

static const HallField fields[] = {
  HALL_FIELD (HallAccount, name,      HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallAccount, service,   HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallAccount, url,       HALL_FIELD_TEXT,   HALL_FIELD_REQUIRED),
  HALL_FIELD (HallAccount, synced_at, HALL_FIELD_MOMENT, HALL_FIELD_LOCAL),
};

const HallKind hall_account_kind = { "account", "accounts", sizeof (HallAccount), fields, G_N_ELEMENTS (fields), FALSE };
