/* SPDX-License-Identifier: GPL-3.0-or-later
 * A registration service the host uses. Its token is never here: that lies in the keyring. */
#pragma once

#include "model/hall-value.h"

G_BEGIN_DECLS

typedef struct {
  HallValue  parent;
  char      *name;     /* what the host calls it */
  char      *service;  /* "hallwayd" */
  char      *url;      /* base address of the service, without a slash at its end */
  gint64     synced_at;/* when everything was last exchanged */
} HallAccount;

extern const HallKind hall_account_kind;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallAccount, hall_value_unref)

G_END_DECLS
