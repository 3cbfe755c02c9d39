/* SPDX-License-Identifier: GPL-3.0-or-later
 * A QR code, drawn crisp at any size: dark on light also where the window is dark, as cameras want it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HALL_TYPE_QR_CODE (hall_qr_code_get_type ())
G_DECLARE_FINAL_TYPE (HallQrCode, hall_qr_code, HALL, QR_CODE, GtkWidget)

gboolean hall_qr_code_set_text (HallQrCode *self,
                                const char *text);

G_END_DECLS
