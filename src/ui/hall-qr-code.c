/* SPDX-License-Identifier: GPL-3.0-or-later
 * A QR code (ISO/IEC 18004) in whole pixels, with the quiet zone of four modules that the standard asks for. */
#include "ui/hall-qr-code.h"

#include <glib/gi18n.h>
#include <qrencode.h>

#define QUIET 4
/* Pixels of a module. */
#define SMALLEST 3
#define USUAL    6 /* any phone reads it from an arm's length */

struct _HallQrCode {
  GtkWidget parent_instance;
  QRcode   *code;
};

G_DEFINE_FINAL_TYPE (HallQrCode, hall_qr_code, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
hall_qr_code_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
hall_qr_code_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  HallQrCode *self = HALL_QR_CODE (widget);
  int         width = self->code != NULL ? self->code->width : 21;

  *minimum = (width + 2 * QUIET) * SMALLEST;
  *natural = (width + 2 * QUIET) * USUAL;
}

static void
hall_qr_code_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  HallQrCode   *self = HALL_QR_CODE (widget);
  const GdkRGBA dark = { 0, 0, 0, 1 };
  const GdkRGBA light = { 1, 1, 1, 1 };
  int           width = gtk_widget_get_width (widget);
  int           height = gtk_widget_get_height (widget);
  int           modules, size, left, top;

  if (self->code == NULL)
    return;

  modules = self->code->width + 2 * QUIET;
  size = MAX (MIN (width, height) / modules, 1);
  left = (width - modules * size) / 2;
  top = (height - modules * size) / 2;

  gtk_snapshot_append_color (snapshot, &light,
                             &GRAPHENE_RECT_INIT (left, top, modules * size, modules * size));

  /* Modules of a row that touch are one rectangle, so that no seam shows at fractional scales. */
  for (int y = 0; y < self->code->width; y++)
    for (int x = 0; x < self->code->width; x++) {
      const guint8 *row = self->code->data + y * self->code->width;
      int           from = x;

      while (x < self->code->width && (row[x] & 1) != 0)
        x++;
      if (x > from)
        gtk_snapshot_append_color (snapshot, &dark,
                                   &GRAPHENE_RECT_INIT (left + (from + QUIET) * size, top + (y + QUIET) * size,
                                                        (x - from) * size, size));
    }
}

static void
hall_qr_code_finalize (GObject *object)
{
  g_clear_pointer (&HALL_QR_CODE (object)->code, QRcode_free);

  G_OBJECT_CLASS (hall_qr_code_parent_class)->finalize (object);
}

static void
hall_qr_code_class_init (HallQrCodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hall_qr_code_finalize;
  widget_class->get_request_mode = hall_qr_code_get_request_mode;
  widget_class->measure = hall_qr_code_measure;
  widget_class->snapshot = hall_qr_code_snapshot;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
hall_qr_code_init (HallQrCode *self)
{
}

/**
 * hall_qr_code_set_text:
 * @self: a code
 * @text: what a camera is to read, such as an address
 *
 * Returns: whether it fits into a code
 */
gboolean
hall_qr_code_set_text (HallQrCode *self,
                       const char *text)
{
  g_autofree char *label = NULL;

  g_return_val_if_fail (HALL_IS_QR_CODE (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  g_clear_pointer (&self->code, QRcode_free);
  self->code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  label = g_strdup_printf (_("QR code of %s"), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));

  return self->code != NULL;
}
