/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a browser sends of a form, and what stands after "?" in an address. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HallForm HallForm;

HallForm   *hall_form_read (const char     *text,
                            gssize          length);
void        hall_form_free (HallForm       *form);
const char *hall_form_get  (const HallForm *form,
                            const char     *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallForm, hall_form_free)

G_END_DECLS
