"""What may be sent. Station 1 of the journey: one WTForms class per form, rendered by both halves.

Nothing here touches database, network or clock, so that Pelican can print the forms into its pages.
"""

from forms_service.forms.base import BaseForm
from forms_service.forms.comment import CommentForm
from forms_service.forms.contact import ContactForm
from forms_service.forms.referral import ReferralForm
from forms_service.forms.referral_contact import ReferralContactForm

#: Every form by the kind of submission it makes; the kind is also its address, `/forms/<kind>`.
FORMS: dict[str, type[BaseForm]] = {
    form.KIND: form for form in (CommentForm, ContactForm, ReferralForm, ReferralContactForm)
}

__all__ = ["FORMS", "BaseForm", "CommentForm", "ContactForm", "ReferralContactForm", "ReferralForm"]
