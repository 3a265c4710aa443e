"""The plain words by which German, French, Spanish, Portuguese, Italian and Dutch essays ask to be answered. Pure."""

from __future__ import annotations

COMMENT = (
    r"kommentar(?:e|en)?|kommentieren?|commentaires?|comment(?:er|ez)|comentarios?|comentários?|comentar|coment[ea]n?"
    r"|comment[oi]|comment(?:are|ate)|reacties?|reage(?:er|ren)"
)
MAIL = (
    r"(?:per|eine|een|un|une|uma|una) mail|mailt? me|schreib(?:t|en sie)? mir|courriels?|écri(?:s|vez)[- ]moi"
    r"|correo|escrí[bv][ae]n?me|escreva(?:m|-me)?|posta elettronica|scriv(?:imi|etemi|ete a)|schrijf (?:me|mij)"
)
CALL = (
    r"ruf(?:t|en sie)? mich an|telefon(?:isch|ieren)?|anruf(?:en)?|appele[rz](?:[- ]moi)?|appelle[- ]moi|téléphone[rz]?"
    r"|llám[ae]n?me|teléfono|ligu?[ae](?:m|-me)|telefone(?:m|-me)?|chiam(?:ami|atemi)|telefono|telefonatemi"
    r"|bel (?:me|mij)|telefoon"
)
#: What makes of them an invitation, and no story of somebody who called.
ASK = (
    r"schreib(?:t|en sie)?|hinterlass(?:t|e|en sie)?|ruf(?:t|en sie)?|schick(?:t|en sie)?|bitte|laissez|laisse"
    r"|écri(?:s|vez)|envoyez|envoie|appelez|n['’]hésitez|dej[ae]n?(?:me)?|déj[ae]n?me|escrí[bv][ae]n?me|envíen?(?:me)?"
    r"|llám[ae]n?me|deix[ae]m?(?:-me)?|escreva(?:m|-me)?|envie(?:m|-me)?|lascia(?:te)?(?:mi)?|scriv(?:i|ete)(?:mi)?"
    r"|mandatemi|mandami|chiam(?:ami|atemi)|laat|schrijf|stuur|bel|mailt?|reageer"
)
