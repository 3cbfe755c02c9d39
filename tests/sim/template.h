/* SPDX-License-Identifier: GPL-3.0-or-later
 * Disks as each run begins with them, made once: a library with its account, a desk with a token for each host. */
#pragma once

#include "disk.h"
#include "model/hall-account.h"

G_BEGIN_DECLS

SimDiskImage *sim_template_library (void);
SimDiskImage *sim_template_desk    (void);
HallAccount  *sim_template_account (void);
const char   *sim_template_token   (guint host);

G_END_DECLS
