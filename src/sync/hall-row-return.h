/* SPDX-License-Identifier: GPL-3.0-or-later
 * A row that was removed here comes back, and what went along with it. */
#pragma once

#include "sync/hall-transfer.h"

G_BEGIN_DECLS

typedef enum {
  HALL_RETURN_KNOWN, /* what the service has, and what it was never told of */
  HALL_RETURN_ALL,   /* also what it has deleted along with the chat */
} HallReturnScope;

gboolean hall_row_return_others (HallTransfer    *transfer,
                                 const HallKind  *kind,
                                 const char      *id,
                                 HallReturnScope  scope,
                                 GError         **error);
gboolean hall_row_return_review (HallTransfer    *transfer,
                                 const HallKind  *kind,
                                 const char      *id,
                                 GError         **error);
gboolean hall_row_return_offer  (HallTransfer    *transfer,
                                 const char      *chat,
                                 GError         **error);
gboolean hall_row_return_noted  (HallTransfer    *transfer,
                                 GError         **error);

G_END_DECLS
