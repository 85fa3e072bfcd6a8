# The smallest payload of each event that is distinguishable from the others.
import json


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(',', ':'))


IDS = {
    'accountId': '66a0b1c04f2b8c0013cd1a01',
    'channelId': '66a0b1c04f2b8c0013cd1a02',
    'contactId': '66a0b1c04f2b8c0013cd1a03',
    'conversationId': '66a0b1c04f2b8c0013cd1a04',
}
ACCOUNT, CHANNEL, CONTACT, CONVERSATION = IDS.values()
ID = '66a0b1c04f2b8c0013cd1a05'
ORDER = {'catalog_id': '1', 'product_items': []}

CONTACT_BODY = compact({'id': CONTACT, 'accountId': ACCOUNT, 'name': 'Asha'})
CONTACT_TAG_PUT_ON = compact({'id': ID, 'contactId': CONTACT, 'accountId': ACCOUNT, 'name': 'VIP'})
CONTACT_TAG_TAKEN_OFF = compact({'id': ID, 'tagId': ID, 'contactId': CONTACT, 'accountId': ACCOUNT, 'name': 'VIP'})
CONVERSATION_BODY = compact(
    {'id': CONVERSATION, 'accountId': ACCOUNT, 'channelId': CHANNEL, 'contactId': CONTACT, 'status': 'OPEN'}
)
CONVERSATION_TAG = compact({'accountId': ACCOUNT, 'conversationId': CONVERSATION, 'tagId': ID, 'name': 'VIP'})
MESSAGE = compact({'id': ID, **IDS, 'sender': CONTACT, 'whatsapp': {'type': 'text', 'text': {'body': 'Namaste'}}})
CART = compact({'id': ID, **IDS, 'sender': CONTACT, 'whatsapp': {'type': 'order', 'order': ORDER}})
FLOW = compact({'flowResponse': {**IDS, 'flowData': {'city': 'Pune'}}})
STATUS = {'id': ID, 'status': 'failed', 'timestamp': '1723617072', 'recipient_id': '919876543210'}
INTERACTION = compact({**STATUS, 'interaction': 'reaction'})
TEMPLATE = compact({'id': ID, 'name': 'offer', 'new_status': 'APPROVED'})
# The payloads of these events are not documented, so any object is valid.
UNPUBLISHED = '{}'

# Wire name: its payload, and its names on the help page and in other receivers.
EVENTS = {
    'Contact.Created': (CONTACT_BODY, ['Contact.created']),
    'Contact.Updated': (CONTACT_BODY, ['Contact.updated', 'Contact.Update']),
    'Contact.Tag.Mapped': (CONTACT_TAG_PUT_ON, ['Contact.mapped']),
    'Contact.Tag.Unmapped': (CONTACT_TAG_TAKEN_OFF, ['Contact.unmapped']),
    'Conversation.Create': (CONVERSATION_BODY, ['Conversation.created']),
    'Conversation.Update': (CONVERSATION_BODY, ['Conversation.updated']),
    'Conversation.Resolve': (CONVERSATION_BODY, []),
    'Conversation.Followup': (CONVERSATION_BODY, []),
    'Conversation.UnAttended': (CONVERSATION_BODY, []),
    'Conversation.Tag.Mapped': (CONVERSATION_TAG, ['Conversation.Tag.mapped']),
    'Conversation.Tag.Unmapped': (CONVERSATION_TAG, ['Conversation.Tag.unmapped']),
    'Conversation.HandoverAgentFallback': (UNPUBLISHED, []),
    'Conversation.InactiveAgentFallback': (UNPUBLISHED, []),
    'Conversation.AI.Analyse': (UNPUBLISHED, []),
    'Message.Received': (MESSAGE, ['Message.received']),
    'Message.Send': (MESSAGE, []),
    'Message.Flow.Received': (FLOW, ['Message.flow.received']),
    'Message.WA.Cart.Received': (CART, ['Message.WA.Cart.received']),
    'Message.WA.Status.Received': (compact(STATUS), ['Message.WA.status.received']),
    'Message.WA.Status.Failed': (compact(STATUS), ['Message.WA.status.failed']),
    'Message.WA.Payment.Status.Received': (
        compact({**STATUS, 'payment': {'reference_id': 'tea-1'}}),
        ['Message.WA.Payment.status.received'],
    ),
    'Message.WA.Interaction.Received': (INTERACTION, []),
    'Template.Status': (TEMPLATE, ['Template.status']),
    'Broadcast.WA.Message.Status.Received': (UNPUBLISHED, []),
    'Broadcast.WA.Message.Status.Failed': (UNPUBLISHED, []),
    'Broadcast.WA.Message.Engaged.Received': (UNPUBLISHED, []),
}
