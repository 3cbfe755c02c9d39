/* SPDX-License-Identifier: GPL-3.0-or-later
 * What somebody typed into the sign-up form, and what is wrong with it. */
#pragma once

#include "server/hall-form.h"

G_BEGIN_DECLS

typedef struct {
  char *name;
  char *address;
  char *question;

  /* what to say at each field; absent when it is fine */
  char *name_fault;
  char *address_fault;
  char *question_fault;
} HallSignUp;

HallSignUp *hall_sign_up_read    (const HallForm   *form);
HallSignUp *hall_sign_up_new     (void);
gboolean    hall_sign_up_is_good (const HallSignUp *sign_up);
void        hall_sign_up_free    (HallSignUp       *sign_up);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallSignUp, hall_sign_up_free)

G_END_DECLS
