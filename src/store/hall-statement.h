/* SPDX-License-Identifier: GPL-3.0-or-later
 * A prepared query: bind, step, read. It belongs to its connection, which keeps it for the next time. */
#pragma once

#include "store/hall-store-error.h"

G_BEGIN_DECLS

typedef struct _HallStatement HallStatement;

void           hall_statement_bind       (HallStatement    *statement,
                                          const char       *types,
                                          ...);
void           hall_statement_bind_valist (HallStatement   *statement,
                                          const char       *types,
                                          va_list           arguments);
void           hall_statement_bind_text  (HallStatement    *statement,
                                          int               index,
                                          const char       *text);
void           hall_statement_bind_int   (HallStatement    *statement,
                                          int               index,
                                          gint64            number);
void           hall_statement_bind_bytes (HallStatement    *statement,
                                          int               index,
                                          GBytes           *bytes);
gboolean       hall_statement_step       (HallStatement    *statement,
                                          gboolean         *has_row,
                                          GError          **error);
void           hall_statement_reset      (HallStatement    *statement);
void           hall_statement_release    (HallStatement    *statement);
gint64         hall_statement_get_int    (HallStatement    *statement,
                                          int               column);
const char    *hall_statement_get_text   (HallStatement    *statement,
                                          int               column);
GBytes        *hall_statement_get_bytes  (HallStatement    *statement,
                                          int               column);
gboolean       hall_statement_is_null    (HallStatement    *statement,
                                          int               column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallStatement, hall_statement_release)

G_END_DECLS
