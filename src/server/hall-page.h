/* SPDX-License-Identifier: GPL-3.0-or-later
 * The frame of every public page, and putting text into it safely. */
#pragma once

#include "server/hall-visit.h"

G_BEGIN_DECLS

GString   *hall_page_begin          (const HallVisit *visit,
                                     const char      *title);
void       hall_page_add            (GString         *page,
                                     const char      *format,
                                     ...) G_GNUC_PRINTF (2, 3);
void       hall_page_add_paragraphs (GString         *page,
                                     const char      *text);
HallReply *hall_page_finish         (GString         *page,
                                     guint            status);
HallReply *hall_page_new_note       (const HallVisit *visit,
                                     guint            status,
                                     const char      *title,
                                     const char      *text);
HallReply *hall_page_new_asset      (const char      *name,
                                     const char      *content_type);

G_END_DECLS
